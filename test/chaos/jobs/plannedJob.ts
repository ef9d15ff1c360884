import type { Evidence, InputFile } from '../checker/evidence';
import type { Random } from '../seeds';
import type { Language } from './scorers';

/** A form of the output: what Azure writes, or one that was asked for. */
export type OutputForm = 'lines' | 'csv' | 'jsonl';

/** A file of the input, and what happens to the mini-batch that it is in. */
export interface PlannedFile extends InputFile {
  readonly texts: readonly string[];
  readonly fate: 'scored' | 'fails' | 'flaky';
  readonly sleeps: number;
}

/** A job of chaos: all of it follows from the seed. */
export interface PlannedJob {
  readonly language: Language;
  /** The endpoint that is invoked; that of the language where nothing is said. */
  readonly endpoint?: string;
  readonly files: readonly PlannedFile[];
  readonly form: OutputForm;
  /** Whether results are rows of one file. */
  readonly hasRows: boolean;
  /** Whether the script writes a file of its own. */
  readonly writesFiles: boolean;
  readonly instances: number;
  readonly limits: Evidence['limits'];
}

/** What a scenario wants of its jobs. */
export interface Wishes {
  readonly language?: Language;
  /** Tries that a mini-batch has at least: more than the faults can use up. */
  readonly leastTries?: number;
  readonly leastFiles?: number;
  readonly mostFiles?: number;
  readonly largestMiniBatch?: number;
  /** Whether files have to fail, more than the job puts up with. */
  readonly crossesThreshold?: boolean;
}

const texts = ['plain', 'with "quotes"', 'a, comma', 'größe', '', "=1+1 'x'"] as const;

/** Draws a job. */
export function plannedJob(random: Random, wishes: Wishes = {}): PlannedJob {
  const { crossesThreshold = false } = wishes;
  const count = random.between(crossesThreshold ? 12 : (wishes.leastFiles ?? 1), wishes.mostFiles ?? 60);
  const tries = Math.max(wishes.leastTries ?? 1, random.between(1, 4));
  const rate = crossesThreshold ? 0.3 : random.pick([0, 0, 0.05, 0.15]);
  const files = namesOf(count, random).map((name, i) => fileOf(name, i, { random, rate, tries }));
  const miniBatchSize = random.between(1, wishes.largestMiniBatch ?? 7);
  const failing = mustFail(files, miniBatchSize).size;
  const slack = random.between(0, 3);
  const threshold = crossesThreshold
    ? Math.max(0, failing - 1 - slack)
    : random.pick([-1, -1, failing + slack]);
  const hasRows = random.chance(0.9);
  return {
    language: wishes.language ?? random.pick(['node', 'node', 'python']),
    files,
    form: hasRows ? random.pick(['lines', 'lines', 'lines', 'csv', 'jsonl']) : 'lines',
    hasRows,
    writesFiles: !hasRows || random.chance(0.25),
    instances: random.between(1, 4),
    limits: { miniBatchSize, tries, threshold },
  };
}

/** The names of files in folders, in the order of their code points. */
function namesOf(count: number, random: Random): string[] {
  const folders = ['', 'a/', 'a-b/', 'B/', 'ü/'] as const;
  const names = Array.from(
    { length: count },
    (_, i) => `${random.pick(folders)}f${String(i).padStart(3, '0')}.txt`,
  );
  return names.sort((a, b) => (a < b ? -1 : 1));
}

function fileOf(
  name: string,
  index: number,
  { random, rate, tries }: { random: Random; rate: number; tries: number },
): PlannedFile {
  const rows = random.between(1, 3);
  const fate = random.chance(rate) ? 'fails' : tries > 1 && random.chance(0.08) ? 'flaky' : 'scored';
  return {
    name,
    keys: Array.from({ length: rows }, (_, row) => `k${index}.${row}`),
    texts: Array.from({ length: rows }, () => random.pick(texts)),
    fate,
    sleeps: random.pick([0, 2, 5, 12]),
  };
}

/** The files of the mini-batches that have to fail. */
export function mustFail(files: readonly PlannedFile[], miniBatchSize: number): Set<string> {
  const failed = new Set<string>();
  files.forEach(({ fate }, i) => {
    if (fate !== 'fails') return;
    const from = i - (i % miniBatchSize);
    for (const { name } of files.slice(from, from + miniBatchSize)) failed.add(name);
  });
  return failed;
}

/** What stands in a file of the input. */
export function contentOf({ keys, texts: words, fate, sleeps }: PlannedFile): string {
  const what = { fails: ['fail'], flaky: ['flaky 1'], scored: [] }[fate];
  const rows = keys.map((key, i) => `row ${key} ${words[i] ?? ''}`);
  return [...what, ...(sleeps === 0 ? [] : [`sleep ${sleeps}`]), ...rows, ''].join('\n');
}

/** The job on one line. */
export function toldOf({
  language,
  files,
  form,
  hasRows,
  writesFiles,
  instances,
  limits,
}: PlannedJob): string {
  const { miniBatchSize, tries, threshold } = limits;
  const output = [hasRows ? form : 'no rows', ...(writesFiles ? ['own files'] : [])].join(' and ');
  return `${files.length} files in mini-batches of ${miniBatchSize}, ${language}, ${instances} instances, ${tries} tries, threshold ${threshold}, ${output}`;
}
