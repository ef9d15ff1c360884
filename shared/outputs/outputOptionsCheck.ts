import { failure } from '../errors/batchpointError';
import type { JobSettings } from '../jobs/jobSpec';

type OutputOptions = NonNullable<JobSettings['outputOptions']>;

/** What only CSV has, with what to do in its place. */
const ofCsv = [
  ['delimiter', 'delimiter', 'its fields are told apart without one'],
  ['header', 'header', 'the names of its columns are in it anyway'],
  ['formulaEscape', 'formula_escape', 'no spreadsheet takes its texts for formulas'],
] as const;

/** Refuses settings of an output that contradict each other: `OutputOptionsMixed`, `OutputColumnTwice`. */
export function checkOutputOptions(options: OutputOptions | undefined): void {
  if (options === undefined) return;
  const { format = 'csv', columns = [], include = [] } = options;
  for (const [key, option, reason] of ofCsv)
    if (format !== 'csv' && options[key] !== undefined && options[key] !== false)
      throw failure('OutputOptionsMixed', { option, format, reason });
  const names = new Set<string>(include);
  for (const column of columns) {
    const name = typeof column === 'string' ? column : column.name;
    if (names.has(name)) throw failure('OutputColumnTwice', { column: name });
    names.add(name);
  }
}
