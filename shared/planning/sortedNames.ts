import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints, sortByCodePoints } from './codePointOrder';
import { mergeRuns } from './mergeRuns';
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

function* merge(runs: readonly SortedRun[]): Generator<readonly string[]> {
  const pageSize = 5_000;
  try {
    let page: string[] = [];
    for (const name of mergeRuns(runs, (a, b) => compareCodePoints(a, b) < 0)) {
      page.push(name);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    yield page;
  } finally {
    for (const run of runs) run.close();
  }
}
