/** A line of the report. Texts are ready to be shown. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly least: string;
  readonly median: string;
  /** The times that the figure comes from, or what else has to be known. */
  readonly beside: string;
}

/** The rows as a table of Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const columns = ['what', 'goal', 'least', 'median', 'beside'] as const;
  const heads: Row = { what: 'What', goal: 'Goal', least: 'Least', median: 'Median', beside: 'From' };
  const widths = columns.map((column) => Math.max(...[heads, ...rows].map((row) => row[column].length)));
  const line = (row: Row): string =>
    `| ${columns.map((column, i) => row[column].padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return line(heads) + rule + rows.map(line).join('');
}
