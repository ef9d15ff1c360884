import type { Evidence, Files } from '../checker/evidence';
import type { OutputForm, PlannedFile, PlannedJob } from './plannedJob';

/** The name of the predictions file of a form. */
export const outputNames: Readonly<Record<OutputForm, string>> = {
  lines: 'predictions.csv',
  csv: 'predictions.csv',
  jsonl: 'predictions.jsonl',
};

const sideFile = 'side.txt';

/** What a plain loop over the files writes: the rows of each file in turn, those of failed ones left out. */
export function bareLoopOf({ files, form, hasRows, writesFiles }: PlannedJob): Evidence['bareLoop'] {
  return (failed): Files => {
    const scored = files.filter(({ name }) => !failed.has(name));
    const written = new Map<string, Buffer>();
    if (hasRows) written.set(outputNames[form], Buffer.from(rowsText(form, scored)));
    // A script that has not succeeded once has written nothing.
    if (writesFiles && scored.length > 0)
      written.set(
        sideFile,
        Buffer.from(scored.flatMap(({ keys }) => keys.map((key) => `side ${key}\n`)).join('')),
      );
    return written;
  };
}

function rowsText(form: OutputForm, files: readonly PlannedFile[]): string {
  const rows = files.flatMap(({ keys, texts }) => keys.map((key, i) => [key, texts[i] ?? ''] as const));
  switch (form) {
    case 'lines':
      return rows.map(([key, text]) => `${key} ${text}\n`).join('');
    case 'jsonl':
      return rows.map(([key, text]) => `${JSON.stringify({ key, text })}\n`).join('');
    case 'csv':
      return [['key', 'text'] as const, ...rows].map(([key, text]) => `${key},${csvField(text)}\n`).join('');
  }
}

/** As RFC 4180 has it; text that is empty is told from a value that is missing. */
function csvField(text: string): string {
  return text === '' || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The keys in a file of the output, whatever its form. */
export function keysOf(_name: string, content: Buffer): readonly string[] {
  return content.toString('utf8').match(/\bk\d+\.\d+\b/g) ?? [];
}
