import { createHash, randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { BlockBlobClient } from '@azure/storage-blob';
import { failure } from '../../errors/batchpointError';
import type { BlobMetadata } from '../blobMetadata';
import { draftMark } from '../blobName';
import type { BlobStore, StagedPart, StagedParts } from '../blobStore';
import { findOwnCommit, type WantedBlob, wantedBlob } from '../ownCommit';
import { azureFailure } from './azureErrors';
import type { AzureLimits } from './azureOptions';
import { type Block, markOf, planBlocks } from './blockPlan';
import { copying, CopyRefused, sending, stageBlocks, type Transfer } from './blockStaging';
import { forEachBounded } from '../boundedWork';
import type { ServiceCalls } from './serviceCalls';

/** The most bytes that the service takes in one block. */
const largestBlock = 4000 * 1024 * 1024;
const looksAtOnce = 16;

/** The store that a commit is for. */
export interface CommitTarget {
  readonly store: BlobStore;
  /** The same container, for the store's own unfinished blobs. */
  readonly drafts: BlobStore;
  readonly calls: ServiceCalls;
  readonly limits: AzureLimits;
  readonly blob: (name: string) => BlockBlobClient;
}

/** Puts parts together as one blob of Azure; `BlobStore.commit` says what that promises. */
export async function commitBlob(
  target: CommitTarget,
  name: string,
  parts: StagedParts,
  metadata: BlobMetadata,
): Promise<{ readonly etag: string }> {
  const wanted = wantedBlob(name, parts, metadata);
  const done = await findOwnCommit(target.store, wanted);
  if (done !== undefined) return done;
  try {
    return await assemble(target, wanted, parts, copying).catch((error: unknown) => {
      if (error instanceof CopyRefused) return assemble(target, wanted, parts, sending);
      throw error;
    });
  } catch (error) {
    // Refused because the name is taken, or because a rival's commit threw our blocks away, or no answer at
    // all: every one of these may follow a commit that was made. What stands there now decides.
    const same = await findOwnCommit(target.store, wanted);
    if (same !== undefined) return same;
    throw azureFailure(error, target.store.url);
  }
}

async function assemble(
  target: CommitTarget,
  wanted: WantedBlob,
  parts: StagedParts,
  transfer: Transfer,
): Promise<{ readonly etag: string }> {
  const { maxBlocks } = target.limits;
  const blockBytes = blockSizes(target, wanted, transfer);
  await checkParts(parts, transfer, blockBytes);
  const mark = await markOf(parts, wanted.metadata);
  const segments = new Segments(target, wanted.name, transfer);
  const groups = (of: StagedParts): AsyncIterable<readonly Block[]> =>
    planBlocks(of, mark, blockBytes, maxBlocks);
  try {
    let blocks = await onlyGroup(groups(parts));
    for (let left = parts; blocks === undefined; blocks = await onlyGroup(groups(left)))
      left = await segments.make(groups(left));
    const answer = await putTogether(target, wanted, blocks, transfer);
    await segments.removeAll();
    return answer;
  } catch (error) {
    await segments.removeOwn();
    throw error;
  }
}

/** The blocks, where one group has them all; `undefined` where there are more. */
async function onlyGroup(groups: AsyncIterable<readonly Block[]>): Promise<readonly Block[] | undefined> {
  let only: readonly Block[] | undefined;
  for await (const group of groups) {
    if (only !== undefined) return undefined;
    only = group;
  }
  return only ?? [];
}

/** How large blocks must be, so that there are never many more than fit into one blob. */
function blockSizes(
  target: CommitTarget,
  wanted: WantedBlob,
  transfer: Transfer,
): (part: StagedPart) => number {
  const { copiedBlockBytes, sentBlockBytes, maxBlocks } = target.limits;
  const least = 2 * Math.ceil(wanted.size / maxBlocks);
  if (least > largestBlock) {
    const limit = (largestBlock / 2) * maxBlocks;
    throw failure('CommitTooLarge', { name: wanted.name, size: wanted.size, store: target.store.url, limit });
  }
  return (part) => Math.max(least, transfer.isCopied(part) ? copiedBlockBytes : sentBlockBytes);
}

/** Looks at the parts whose size no single block will show. */
async function checkParts(
  parts: StagedParts,
  transfer: Transfer,
  blockBytes: (part: StagedPart) => number,
): Promise<void> {
  const isUnseen = (part: StagedPart): boolean =>
    part.size === 0 || part.size > blockBytes(part) || !transfer.isCopied(part);
  await forEachBounded(looksAtOnce, partsThat(isUnseen, parts), async ({ store, name, size: expected }) => {
    const found = (await store.stat(name))?.size;
    if (found === undefined) throw failure('BlobNotFound', { name, store: store.url });
    if (found !== expected) throw failure('PartChanged', { name, store: store.url, expected, found });
  });
}

async function* partsThat(
  are: (part: StagedPart) => boolean,
  parts: StagedParts,
): AsyncGenerator<StagedPart> {
  for await (const part of parts) if (are(part)) yield part;
}

async function putTogether(
  { blob, calls, limits }: CommitTarget,
  { name, metadata }: WantedBlob,
  blocks: readonly Block[],
  transfer: Transfer,
): Promise<{ readonly etag: string }> {
  const options = { metadata: { ...metadata }, conditions: { ifNoneMatch: '*' } };
  if (blocks.length === 0) {
    const answer = await calls.tell((abortSignal) => blob(name).upload('', 0, { ...options, abortSignal }));
    return { etag: String(answer.etag) };
  }
  await stageBlocks(blob(name), blocks, transfer, calls, limits);
  const ids = blocks.map((block) => block.id);
  const answer = await calls.tell((abortSignal) =>
    blob(name).commitBlockList(ids, { ...options, abortSignal }),
  );
  return { etag: String(answer.etag) };
}

/**
 * Blobs between the parts and the target, where there are more blocks than one blob may have. They lie beside
 * the target under names that no listing shows, those of each try apart.
 */
class Segments {
  private readonly prefix: string;
  private readonly own: string;
  private made = 0;

  constructor(
    private readonly target: CommitTarget,
    name: string,
    private readonly transfer: Transfer,
  ) {
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
    this.prefix = posix.join(posix.dirname(name), `${draftMark}${hash}/`);
    this.own = `${this.prefix}${randomUUID()}/`;
  }

  /** Puts each group of blocks together as one blob, in their order. */
  async make(groups: AsyncIterable<readonly Block[]>): Promise<StagedPart[]> {
    const parts: StagedPart[] = [];
    for await (const group of groups) {
      const name = `${this.own}${(this.made += 1)}`;
      const size = group.reduce((sum, block) => sum + block.length, 0);
      await putTogether(this.target, { name, size, metadata: {} }, group, this.transfer);
      parts.push({ store: this.target.drafts, name, size });
    }
    return parts;
  }

  /** After success: nobody needs segments of this name any more, whichever try made them. */
  async removeAll(): Promise<void> {
    if (this.made > 0) await this.target.drafts.removeAll(this.prefix).catch(() => undefined);
  }

  /** After a failure: another try may be at work on the same name. */
  async removeOwn(): Promise<void> {
    if (this.made > 0) await this.target.drafts.removeAll(this.own).catch(() => undefined);
  }
}
