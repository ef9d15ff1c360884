import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStores } from '../../shared/stores/openStores';
import { readStoreSettings } from '../../shared/stores/settings';
import type { Stores } from '../../shared/stores/stores';
import type { Bench, Figure } from '../figure';
import { spread, timed } from '../job/measure';

const small = randomBytes(10_000);
const large = randomBytes(32 * 1024 * 1024);
const metadata = { job: 'bench', digest: 'none' };

/** What the same takes with files alone, put on disk as the stores do; all times of a kind. */
interface Bare {
  readonly append: readonly number[];
  readonly write: readonly number[];
  readonly copy: readonly number[];
}

/** Calls of the stores, each against what the same takes with plain files. */
export const storeCalls: Bench = {
  name: 'stores',
  what: 'calls of the stores against plain files; with AzureWebJobsStorage also those of that account',
  minutes: 0.5,
  measure: async ({ rounds, say }) => {
    say('Measuring: the stores ...');
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
    try {
      const bare = await measureFiles(folder, rounds ?? 200);
      const local = await openStores({ kind: 'local', folder: join(folder, 'state') });
      const figures = await measureStores('local', local, folder, bare, rounds ?? 200);
      await local.close();
      if ((process.env['AzureWebJobsStorage'] ?? '') === '') return figures;
      const azure = await openStores(readStoreSettings({ ...process.env, BATCHPOINT_STORAGE: 'azure' }));
      figures.push(...(await measureStores('azure', azure, folder, bare, rounds ?? 50)));
      await azure.close();
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measureFiles(folder: string, rounds: number): Promise<Bare> {
  const log = await open(join(folder, 'log'), 'a');
  const append = await times(rounds, async () => {
    await log.write(small.subarray(0, 300));
    await log.sync();
  });
  await log.close();
  const write = await times(rounds, () => writeDurably(join(folder, randomUUID())));
  const [source, target] = [join(folder, 'large'), join(folder, 'copy')];
  writeFileSync(source, large);
  // Again and again in the same place: disks of virtual machines are slower where they were never written.
  const copy = await times(Math.min(rounds, 10), async () => {
    await copyFile(source, target);
    await syncPath(target);
  });
  await rm(target);
  return { append, write, copy };
}

async function measureStores(
  kind: string,
  { tables, blobs }: Stores,
  folder: string,
  bare: Bare,
  rounds: number,
): Promise<Figure[]> {
  const prefix = `bench/${randomUUID()}`;
  const partition = randomUUID();
  const pairs = await times(rounds, () =>
    tables.commit(partition, [
      { kind: 'insert', row: randomUUID(), value: { from: 0, to: 100 } },
      { kind: 'put', row: 'cursor', value: { next: 100 } },
    ]),
  );
  const writes = await times(rounds, () => blobs.write(`${prefix}/${randomUUID()}`, small));
  const created = await times(rounds, () =>
    blobs.write(`${prefix}/${randomUUID()}`, small, { mustNotExist: true, metadata }),
  );
  const path = join(folder, 'staged');
  const staged: number[] = [];
  for (let round = 0; round < Math.min(rounds, 7); round++) {
    writeFileSync(path, large);
    staged.push(await timed(() => blobs.stage(`${prefix}/large`, path)));
  }
  await blobs.removeAll(prefix);
  const figure = (
    id: string,
    what: string,
    measured: readonly number[],
    plain: readonly number[],
    from: string,
  ): Figure => {
    const [own, base] = [spread(measured), spread(plain)];
    const bound = { value: base.median, unit: 'ms' as const, ratio: own.median / base.median, from };
    return {
      id: `stores-${kind}-${id}`,
      what: `${kind} store: ${what}`,
      unit: 'ms',
      ...own,
      bound,
      from: 'median against median',
      raw: { milliseconds: measured, plainMilliseconds: plain },
    };
  };
  return [
    figure('group', 'two rows in a group', pairs, bare.append, 'a line appended to a file, on disk'),
    figure('write', 'a blob of 10 kB', writes, bare.write, 'a file written and renamed, on disk'),
    figure(
      'create',
      'a new blob of 10 kB, with metadata',
      created,
      bare.write,
      'a file written and renamed, on disk',
    ),
    figure('stage', 'a file of 32 MiB staged', staged, bare.copy, 'a file of 32 MiB copied, on disk'),
  ];
}

async function times(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) all.push(await timed(work));
  return all;
}

async function writeDurably(path: string): Promise<void> {
  await writeFile(`${path}.draft`, small);
  await syncPath(`${path}.draft`);
  await rename(`${path}.draft`, path);
  await syncPath(dirname(path));
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}
