import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStore, StagedPart } from '../../shared/stores/blobStore';
import { openStores } from '../../shared/stores/openStores';
import type { Bench, BenchContext, Figure } from '../figure';
import { spread, timed } from '../job/measure';
import { pieceBytes, writeLarge } from '../measuring/diskSpeed';

/** Outputs of the same size, of few large parts and of many small ones. */
const shapes = [
  { id: 'large-parts', parts: 8, bytes: 16 * pieceBytes },
  { id: 'small-parts', parts: 4_000, bytes: Math.floor((8 * 16 * pieceBytes) / 4_000) },
] as const;

/** The commit of large outputs on a disk of this machine, against the disk itself in the same round. */
export const localCommit: Bench = {
  name: 'local-commit',
  what: 'the commit of half a gigabyte on a local disk, of few parts and of many, against the disk itself',
  minutes: 1,
  measure: async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
    const stores = await openStores({ kind: 'local', folder: join(folder, 'state') });
    try {
      const figures: Figure[] = [];
      for (const shape of shapes) {
        context.say(`Measuring: the commit of ${shape.parts.toLocaleString('en')} parts ...`);
        figures.push(await ofShape(context, stores.blobs, folder, shape));
      }
      return figures;
    } finally {
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function ofShape(
  { rounds = 3 }: BenchContext,
  blobs: BlobStore,
  folder: string,
  { id, parts: count, bytes }: (typeof shapes)[number],
): Promise<Figure> {
  const parts = await staged(blobs, folder, id, count, bytes);
  const all = count * bytes;
  const [times, disk]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    disk.push(writeLarge(join(folder, 'bare'), Math.ceil(all / pieceBytes)));
    times.push(await timed(() => blobs.commit('bench/output', parts, { round: String(round) })));
    await blobs.remove('bench/output');
  }
  await blobs.removeAll(`bench/${id}/`);
  const least = spread(disk).least;
  const { median } = spread(times);
  return {
    id: `local-commit-${id}`,
    what: `commit of ${(all / 1e6).toFixed(0)} MB in ${count.toLocaleString('en')} parts on a local disk`,
    unit: 's',
    ...spread(times),
    bound: { value: least, unit: 's', ratio: median / least, from: 'as many bytes written, on disk' },
    from: `${(all / 1000 / median).toFixed(0)} MB/s`,
    raw: { milliseconds: times, diskMilliseconds: disk },
  };
}

async function staged(
  blobs: BlobStore,
  folder: string,
  id: string,
  count: number,
  bytes: number,
): Promise<StagedPart[]> {
  const content = randomBytes(bytes);
  const parts: StagedPart[] = [];
  for (let n = 0; n < count; n++) {
    const [path, name] = [join(folder, 'part'), `bench/${id}/${n}`];
    writeFileSync(path, content);
    parts.push({ store: blobs, name, size: (await blobs.stage(name, path)).size });
  }
  return parts;
}
