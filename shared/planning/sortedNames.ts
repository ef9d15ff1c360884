import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints, sortByCodePoints } from './codePointOrder';
import { nameSeparator, SortedRun } from './sortedRun';

/** How names are sorted. */
export interface SortOptions {
  /** A folder for what does not fit into memory; it is made and removed. */
  readonly scratch: string;
  /** Names that are in memory at once. */
  readonly chunk?: number;
}

/**
 * Gives names sorted code point by code point, page by page, whatever the order they come in. At most `chunk`
 * names are in memory: beyond that, sorted runs are written to the scratch folder and merged.
 */
export async function* sortedNames(
  pages: AsyncIterable<readonly string[]>,
  options: SortOptions,
): AsyncGenerator<readonly string[]> {
  const chunk = options.chunk ?? 50_000;
  const folder = join(options.scratch, `sort-${randomUUID()}`);
  const runs: string[] = [];
  let names: string[] = [];
  try {
    for await (const page of pages) {
      for (const name of page) names.push(name);
      if (names.length < chunk) continue;
      await mkdir(folder, { recursive: true });
      const run = join(folder, String(runs.length));
      await writeFile(run, sortByCodePoints(names).join(nameSeparator));
      runs.push(run);
      names = [];
    }
    sortByCodePoints(names);
    if (runs.length === 0) yield names;
    else yield* merge([...runs.map((path) => SortedRun.ofFile(path)), SortedRun.ofNames(names)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Merges sorted runs; a heap keeps the run with the smallest name on top. */
function* merge(runs: SortedRun[]): Generator<readonly string[]> {
  const pageSize = 5_000;
  try {
    const heap = runs.filter((run) => run.name !== undefined);
    for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i);
    let page: string[] = [];
    for (let top = heap[0]; top?.name !== undefined; top = heap[0]) {
      page.push(top.name);
      top.advance();
      if (top.name === undefined) dropTop(heap);
      sink(heap, 0);
      if (page.length === pageSize) {
        yield page;
        page = [];
      }
    }
    yield page;
  } finally {
    for (const run of runs) run.close();
  }
}

function dropTop(heap: SortedRun[]): void {
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) heap[0] = last;
}

function sink(heap: SortedRun[], from: number): void {
  for (let i = from; ;) {
    const left = 2 * i + 1;
    const smaller = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    const [parent, child] = [heap[i], heap[smaller]];
    if (parent === undefined || child === undefined || !isBefore(child, parent)) return;
    [heap[i], heap[smaller]] = [child, parent];
    i = smaller;
  }
}

function isBefore(a: SortedRun | undefined, b: SortedRun | undefined): boolean {
  if (a?.name === undefined || b?.name === undefined) return false;
  return compareCodePoints(a.name, b.name) < 0;
}
