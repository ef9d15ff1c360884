import type { Figure } from '../figure';
import { amount } from './amounts';

/** The figures as a table of Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  return markdownTable(
    ['What', 'Goal', 'Value', 'Lower bound', 'Ratio', 'From'],
    figures.map((figure) => [
      figure.what,
      goalText(figure),
      valueText(figure),
      figure.bound === undefined
        ? ''
        : `${amount(figure.bound.value, figure.bound.unit)}: ${figure.bound.from}`,
      figure.bound === undefined || !Number.isFinite(figure.bound.ratio) ? '' : figure.bound.ratio.toFixed(2),
      figure.from,
    ]),
  );
}

/** Whether a figure reaches its goal; `undefined` where it has none. */
export function isMet({ atMost, median }: Figure): boolean | undefined {
  return atMost === undefined ? undefined : median <= atMost;
}

/** Rows of cells as a table of Markdown. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |\n`;
  return line(heads) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}

function goalText(figure: Figure): string {
  if (figure.atMost === undefined) return '';
  return `at most ${amount(figure.atMost, figure.unit)}: ${isMet(figure) === true ? 'met' : 'missed'}`;
}

function valueText({ least, median, unit }: Figure): string {
  const value = amount(median, unit);
  return amount(least, unit) === value ? value : `${value} (least ${amount(least, unit)})`;
}
