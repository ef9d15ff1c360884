import type { Figure } from '../figure';
import { amount } from './amounts';
import { differences } from './machine';
import type { BenchResult } from './resultFile';
import { isMet, markdownTable } from './table';

/** The figures of two runs side by side; a ratio above one is more now than it was. */
export function comparisonText(before: BenchResult, now: BenchResult): string {
  const earlier = new Map(before.figures.map((figure) => [figure.id, figure]));
  const rows = now.figures.flatMap((figure) => {
    const old = earlier.get(figure.id);
    return old === undefined ? [] : [rowOf(old, figure)];
  });
  const names = new Set(now.figures.map(({ id }) => id));
  const gone = before.figures.filter(({ id }) => !names.has(id));
  const fresh = now.figures.filter(({ id }) => !earlier.has(id));
  const machines = differences(before.machine, now.machine);
  return [
    `Against the run of ${before.date}:\n\n`,
    markdownTable(['What', 'Before', 'Now', 'Ratio', 'Goal'], rows),
    ...(machines.length === 0
      ? []
      : [`\nThe machines differ (${machines.join('; ')}): ratios tell little.\n`]),
    notIn('measured before and not now', gone),
    notIn('not measured before', fresh),
  ].join('');
}

function rowOf(old: Figure, figure: Figure): string[] {
  const ratio = figure.median / old.median;
  const met = isMet(figure);
  return [
    figure.what,
    amount(old.median, old.unit),
    amount(figure.median, figure.unit),
    Number.isFinite(ratio) ? ratio.toFixed(2) : figure.median === old.median ? '1.00' : '',
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
}

function notIn(what: string, figures: readonly Figure[]): string {
  return figures.length === 0
    ? ''
    : `\n${figures.length} ${what}: ${figures.map(({ id }) => id).join(', ')}.\n`;
}
