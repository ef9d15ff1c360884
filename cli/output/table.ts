/** A column of a table: its header, and the dotted path to its value in an item. */
export type Column = readonly [header: string, path: string];

/** Keys that a table without columns of its own leaves out, as az does. */
const skipped: readonly string[] = ['id', 'type', 'etag'];

/**
 * A result as a table for people: one row for each item. Without columns, those are the plain values of the items;
 * columns without any value are left out.
 */
export function table(result: unknown, columns?: readonly Column[]): string {
  const items = Array.isArray(result) ? (result as unknown[]) : [result];
  if (items.length === 0) return '';
  const rows = items.map((item) => (columns === undefined ? plainCells(item) : cellsOf(item, columns)));
  const all = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const headers = all.filter((header) => rows.some((row) => (row.get(header) ?? '') !== ''));
  const widths = headers.map((header) =>
    Math.max(header.length, ...rows.map((row) => (row.get(header) ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const body = rows.map((row) => line(headers.map((header) => row.get(header) ?? '')));
  return [line(headers), line(widths.map((width) => '-'.repeat(width))), ...body].join('');
}

function cellsOf(item: unknown, columns: readonly Column[]): Map<string, string> {
  return new Map(columns.map(([header, path]) => [header, cell(valueAt(item, path))]));
}

function plainCells(item: unknown): Map<string, string> {
  if (Array.isArray(item)) return new Map(item.map((value, i) => [`Column${i + 1}`, cell(value)]));
  if (typeof item !== 'object' || item === null) return new Map([['Result', cell(item)]]);
  const plain = Object.entries(item).filter(
    ([key, value]) => !skipped.includes(key) && value !== null && typeof value !== 'object',
  );
  return new Map(plain.map(([key, value]) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, cell(value)]));
}

function valueAt(item: unknown, path: string): unknown {
  let value = item;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** What would break a line of the table becomes a blank. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
}
