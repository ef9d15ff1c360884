import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { jobPrefix } from '../jobs/jobKeys';
import type { JobSpec } from '../jobs/jobSpec';
import type { BlobStore, PartList, StagedPart } from '../stores/blobStore';
import { layoutText } from './blocks/layout';
import type { RowEncoder } from './blocks/rowEncoder';
import { rowOutputOf } from './blocks/rowOutput';
import type { Outcomes } from './outcomes';
import { joinedLists } from './partLists';

/** What the form of an output is made with. */
export interface FormContext {
  readonly blobs: BlobStore;
  readonly encoder: RowEncoder;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
}

/**
 * The parts of the file of rows in their order: what it begins with, the rows of the claims, what it ends with. Fails
 * with `OutputSchemaDiffers` where the rows of two mini-batches have other columns; a `lenient` one of Parquet does not
 * show those that differ from the first.
 */
export async function outputParts(
  context: FormContext,
  { key, settings }: Pick<JobSpec, 'key' | 'settings'>,
  outcomes: Outcomes,
  { lenient = false }: { readonly lenient?: boolean } = {},
): Promise<PartList> {
  const rows = outcomes.parts(context.blobs, 'rows');
  const output = rowOutputOf(settings);
  if (output === undefined || output.format === 'jsonl') return rows;
  const folder = join(context.scratch, `form-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    const layout = join(folder, 'layout');
    await pipeline(layouts(context.blobs, outcomes), createWriteStream(layout));
    const head = join(folder, 'head');
    const tail = join(folder, 'tail');
    await context.encoder.ends({ output, layout, head, tail, lenient });
    const [first, last] = [await staged(context.blobs, key, head), await staged(context.blobs, key, tail)];
    return joinedLists(first, rows, last);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The layouts of all claims, each with the bytes of its rows behind it. */
async function* layouts(blobs: BlobStore, outcomes: Outcomes): AsyncGenerator<Uint8Array | string> {
  for await (const claim of outcomes.claims()) {
    const { layout, rows } = claim.outcome.parts;
    if (layout !== undefined)
      yield* (await blobs.read(outcomes.name(claim, 'layout'))) as AsyncIterable<Uint8Array>;
    if (rows !== undefined) yield layoutText({ rowBytes: rows });
  }
}

/** A file as a part; one without bytes is none. Its name says what is in it, as somebody else may be at the same. */
async function staged(blobs: BlobStore, key: string, path: string): Promise<StagedPart[]> {
  const { size } = await stat(path);
  if (size === 0) return [];
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const name = `${jobPrefix(key)}form/${digest}`;
  if ((await blobs.stat(name)) === undefined) await blobs.stage(name, path);
  return [{ store: blobs, name, size }];
}
