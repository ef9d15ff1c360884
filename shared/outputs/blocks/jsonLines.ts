import { jsonText } from './cells';
import type { OutputTable } from './outputTable';

/** The rows of a table as JSON lines: an object for each, with its columns in their order. */
export function jsonLines({ columns, values, count }: OutputTable): string {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const lines: string[] = [];
  for (let row = 0; row < count; row++) {
    const fields = columns.map(({ type }, i) => `${names[i]}:${jsonText(values[i]?.[row] ?? null, type)}`);
    lines.push(`{${fields.join(',')}}\n`);
  }
  return lines.join('');
}
