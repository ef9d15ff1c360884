import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of a CSV file by the names of its columns. */
type CsvRow = Readonly<Record<string, string>>;

/** The rows of a CSV file that has a header and nothing quoted, as the examples write what is known. */
export function readKnown(folder: string, name: string): CsvRow[] {
  const [header = '', ...lines] = linesOf(join(folder, name));
  const columns = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, fields[i] ?? '']));
  });
}

/** The lines of a text file. */
export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
