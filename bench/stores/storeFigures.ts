// Measures the stores against what the same takes with plain files, as min, median and ratio of the medians.
//   node dist/bench/stores/storeFigures.js [folder]           local stores, in a folder that is made and removed
//   AzureWebJobsStorage=... node dist/bench/stores/storeFigures.js   and those of a storage account, or of Azurite
import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BlobStore, StagedPart } from '../../shared/stores/blobStore';
import { openStores } from '../../shared/stores/openStores';
import { readStoreSettings } from '../../shared/stores/settings';
import type { Stores } from '../../shared/stores/stores';
import { type Figure, line, time } from './figures';

const small = randomBytes(10_000);
const largeBytes = 32 * 1024 * 1024;
const manyParts = 2000;
const metadata = { job: 'bench', digest: 'none' };

/**
 * What the same takes with files alone, put on disk as the stores do. Large ones are written again and again
 * in the same place: disks of virtual machines are slower where they were never written.
 */
interface Bare {
  readonly append: Figure;
  readonly write: Figure;
  readonly copy: Figure;
}

async function main(parent: string): Promise<void> {
  const folder = await mkdtemp(join(parent, 'batchpoint-bench-'));
  try {
    const bare = await measureFiles(folder);
    const local = await openStores({ kind: 'local', folder: join(folder, 'state') });
    await measureStores('local', local, folder, bare, 200);
    await local.close();
    if ((process.env['AzureWebJobsStorage'] ?? '') === '') return;
    const azure = await openStores(readStoreSettings({ ...process.env, BATCHPOINT_STORAGE: 'azure' }));
    await measureStores('azure', azure, folder, bare, 50);
    await azure.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureFiles(folder: string): Promise<Bare> {
  const log = await open(join(folder, 'log'), 'a');
  const append = await time(200, nothing, async () => {
    await log.write(small.subarray(0, 300));
    await log.sync();
  });
  await log.close();
  const write = await time(200, freshPath(folder), (path) => writeDurably(path));
  const large = await largeFile(folder);
  const target = join(folder, 'copy');
  const removed = (): Promise<void> => rm(target, { force: true });
  const copy = await time(15, removed, async () => {
    await copyFile(large, target);
    await syncPath(target);
  });
  await removed();
  print(line('a line appended to a file', append));
  print(line('a file of 10 kB written, renamed, on disk', write));
  print(line('a file of 32 MiB copied, on disk', copy));
  return { append, write, copy };
}

async function measureStores(
  kind: string,
  { tables, blobs }: Stores,
  folder: string,
  bare: Bare,
  rounds: number,
): Promise<void> {
  const prefix = `bench/${randomUUID()}`;
  const partition = randomUUID();
  const name = (round: number): Promise<string> => Promise.resolve(`${prefix}/${randomUUID()}-${round}`);

  const pair = await time(rounds, name, (row) =>
    tables.commit(partition, [
      { kind: 'insert', row: row.replaceAll('/', '-'), value: { from: 0, to: 100 } },
      { kind: 'put', row: 'cursor', value: { next: 100 } },
    ]),
  );
  print(line(`${kind}: two rows in a group`, pair, bare.append));
  print(
    line(
      `${kind}: a blob of 10 kB`,
      await time(rounds, name, (blob) => blobs.write(blob, small)),
      bare.write,
    ),
  );
  const created = await time(rounds, name, (blob) =>
    blobs.write(blob, small, { mustNotExist: true, metadata }),
  );
  print(line(`${kind}: the same, new only, with metadata`, created, bare.write));

  const staged = await time(
    7,
    () => largeFile(folder),
    (path) => blobs.stage(`${prefix}/large`, path),
  );
  print(line(`${kind}: a file of 32 MiB staged`, staged, bare.copy));
  const few = Array<StagedPart>(4).fill({ store: blobs, name: `${prefix}/large`, size: largeBytes });
  await measureCommit(`${kind}: 4 parts, 128 MiB, committed, per 32 MiB`, blobs, name, few, 4, bare.copy);

  const many = await stageMany(blobs, prefix);
  const manyBytes = small.length * manyParts;
  const what = `${kind}: ${manyParts} parts, 20 MB, committed, per 32 MiB`;
  await measureCommit(what, blobs, name, many, manyBytes / largeBytes, bare.copy);
  await blobs.removeAll(prefix);
}

async function measureCommit(
  what: string,
  blobs: BlobStore,
  name: (round: number) => Promise<string>,
  parts: readonly StagedPart[],
  copies: number,
  bare: Figure,
): Promise<void> {
  const target = await name(0);
  const removed = (): Promise<void> => blobs.remove(target);
  const whole = await time(7, removed, () => blobs.commit(target, parts, metadata));
  await removed();
  print(line(what, { least: whole.least / copies, median: whole.median / copies }, bare));
}

async function stageMany(blobs: BlobStore, prefix: string): Promise<StagedPart[]> {
  const parts: StagedPart[] = [];
  for (let n = 0; n < manyParts; n += 1) {
    const part = `${prefix}/parts/${n}`;
    await blobs.write(part, small);
    parts.push({ store: blobs, name: part, size: small.length });
  }
  return parts;
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

async function largeFile(folder: string): Promise<string> {
  const path = join(folder, randomUUID());
  await writeFile(path, randomBytes(largeBytes));
  return path;
}

function freshPath(folder: string): () => Promise<string> {
  return async () => {
    await mkdir(join(folder, 'files'), { recursive: true });
    return join(folder, 'files', randomUUID());
  };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function print(text: string): void {
  process.stdout.write(text);
}

main(process.argv[2] ?? tmpdir()).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
