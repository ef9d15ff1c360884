import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BenchOptions } from '../commandLine';
import type { Figure } from '../figure';
import type { DiskSpeed } from '../measuring/diskSpeed';
import type { Machine } from './machine';

/** A run of benchmarks, as its file has it. */
export interface BenchResult {
  readonly date: string;
  readonly machine: Machine;
  readonly disk: DiskSpeed;
  readonly options: Pick<BenchOptions, 'only' | 'rounds' | 'million'>;
  /** Seconds that each benchmark took. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly figures: readonly Figure[];
}

/** The form of the file. */
const format = 1;

/** Where results go that nobody has named a file for; git ignores it. */
const defaultFolder = join('bench', 'results');

/** The file of a result. */
export function resultPath(given: string | undefined, began: Date): string {
  return given ?? join(defaultFolder, `${began.toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
}

export function writeResult(path: string, { options, ...result }: BenchResult): void {
  const { only, rounds, million } = options;
  mkdirSync(dirname(path), { recursive: true });
  const content = { format, ...result, options: { only, rounds, million } };
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
}

/** Reads a result. Fails where the file is not one. */
export function readResult(path: string): BenchResult {
  const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<BenchResult> & { format?: unknown };
  if (read.format !== format || !Array.isArray(read.figures))
    throw new Error(`'${path}' is not a result of npm run bench -- --json, or one of another version.`);
  return read as BenchResult;
}
