import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bench/product/productHost';
import type { Tally } from './rounds';

const begin = '<!-- chaos: begin -->';
const end = '<!-- chaos: end -->';

/** Writes what the runs came to into docs/reliability.md, between two marks. */
export function writeTable(tallies: readonly Tally[], seed: number): void {
  const page = join(root, 'docs', 'reliability.md');
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(begin, 2);
  const after = rest.slice(rest.indexOf(end));
  writeFileSync(page, `${before}${begin}\n\n${tableText(tallies, seed)}\n${after}`);
}

/** The table of faults, runs and what was lost, as Markdown. */
export function tableText(tallies: readonly Tally[], seed: number): string {
  const total = (pick: (tally: Tally) => number): string =>
    String(tallies.reduce((sum, tally) => sum + pick(tally), 0));
  const rows = tallies.map(({ scenario, runs, jobs, faults, lost }) => [
    scenario.fault,
    `\`${scenario.name}\``,
    String(runs),
    String(jobs),
    String(faults),
    lost.length > 0 ? lost.map(lostText).join('; ') : faults > 0 ? 'nothing' : 'untested: no fault came',
  ]);
  const sum = [
    'All',
    '',
    total(({ runs }) => runs),
    total(({ jobs }) => jobs),
    total(({ faults }) => faults),
    total(({ lost }) => lost.length) === '0' ? 'nothing' : 'see above',
  ];
  const header = ['fault', 'scenario', 'runs', 'jobs', 'faults', 'lost'];
  const last = Number(seed) + Number(total(({ runs }) => runs)) - 1;
  return `${markdownTable(header, [...rows, sum])}\nSeeds ${seed} to ${last}.\n`;
}

function lostText({ seed, seen }: Tally['lost'][number]): string {
  const invariants = [...new Set(seen.map((line) => line.slice(0, line.indexOf(':'))))].join(', ');
  return `${invariants} (seed ${seed})`;
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, i) => Math.max(3, ...[header, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return line(header) + rule + rows.map(line).join('');
}
