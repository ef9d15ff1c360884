/**
 * A result as az prints it with `-o tsv`: a line for each item, its values separated by tabs. Inside a line null is
 * `None`, a list is its length and a mapping is empty; truth alone on its line is lower case. A tab or line break in
 * a value would read as the next value or line: it is a blank, unless a text is all there is.
 */
export function tsv(result: unknown): string {
  if (typeof result === 'string') return `${result}\n`;
  const rows = Array.isArray(result) ? (result as unknown[]) : [result];
  return rows.map((row) => `${line(row)}\n`).join('');
}

function line(row: unknown): string {
  if (Array.isArray(row)) return row.map(cell).join('\t');
  if (typeof row === 'object' && row !== null) return Object.values(row).map(cell).join('\t');
  return typeof row === 'boolean' ? String(row) : cell(row);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return String(value.length);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object') return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[\t\r\n]+/g, ' ');
}
