import type { JobSettings } from '../jobs/jobSpec';
import { rowOutputOf, type RowOutput } from './blocks/rowOutput';

type Format = RowOutput['format'];

/** The name that a predictions file has where nobody gives it one. */
const defaultName = 'predictions.csv';

const endings: Readonly<Record<Format, readonly string[]>> = {
  csv: ['csv', 'tsv', 'txt', 'tab'],
  jsonl: ['jsonl', 'ndjson', 'json'],
  parquet: ['parquet', 'pqt'],
};

/** The name of a predictions file: the default one ends as its format does. */
export function outputFileName(name: string, format: Format | undefined): string {
  return name === defaultName && format !== undefined ? `predictions.${format}` : name;
}

/** What is odd about the name of an output: it ends as another format does. */
export function fileNameWarning(
  name: string,
  settings: Pick<JobSettings, 'outputOptions' | 'outputAction'>,
): string | undefined {
  const format = rowOutputOf(settings)?.format;
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const other = Object.entries(endings).find(([, known]) => known.includes(ending))?.[0];
  if (format === undefined || other === undefined || other === format) return undefined;
  return `The output is called '${name}', and its format is ${format}.`;
}
