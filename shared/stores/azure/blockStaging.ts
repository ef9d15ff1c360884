import { createHash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import { failure } from '../../errors/batchpointError';
import type { StagedPart } from '../blobStore';
import { hasCode, problemOf, type ServiceProblem } from './azureErrors';
import type { AzureLimits } from './azureOptions';
import { type Block, isWholePart } from './blockPlan';
import { forEachBounded } from '../boundedWork';
import { type CopyableStore, isCopyable } from './copySources';
import type { ServiceCalls } from './serviceCalls';

const copiesAtOnce = 16;
const sendsAtOnce = 4;

/** The blob service cannot, or may not, fetch a part by itself. */
export class CopyRefused extends Error {}

/** How the bytes of parts come into blocks. */
export interface Transfer {
  /** Whether the service is asked to fetch this part by itself. */
  isCopied(part: StagedPart): boolean;
}

/** Lets the service fetch whatever part it can reach. */
export const copying: Transfer = { isCopied: (part) => isCopyable(part.store) };

/** Carries all parts through this process. */
export const sending: Transfer = { isCopied: () => false };

/** Stages blocks, some at once, and makes sure that each has the size that its part was said to have. */
export async function stageBlocks(
  blob: BlockBlobClient,
  blocks: readonly Block[],
  transfer: Transfer,
  calls: ServiceCalls,
  limits: AzureLimits,
): Promise<void> {
  const stage = async (block: Block): Promise<void> => {
    const { store } = block.part;
    if (transfer.isCopied(block.part) && isCopyable(store)) await copyBlock(blob, block, store, calls);
    else await sendBlock(blob, block, calls, limits);
  };
  const copied = blocks.filter((block) => transfer.isCopied(block.part));
  await forEachBounded(copiesAtOnce, copied, stage);
  await forEachBounded(
    sendsAtOnce,
    blocks.filter((block) => !transfer.isCopied(block.part)),
    stage,
  );
  if (copied.length > 0) await checkStaged(blob, copied, calls);
}

async function copyBlock(
  blob: BlockBlobClient,
  block: Block,
  store: CopyableStore,
  calls: ServiceCalls,
): Promise<void> {
  const { id, part, offset, length } = block;
  const url = await store.copyUrl(part.name);
  // Without a range the service takes the whole part, and a part that has grown shows by the size of its
  // block.
  const count = isWholePart(block) ? undefined : length;
  try {
    await calls.tell((abortSignal) => blob.stageBlockFromURL(id, url, offset, count, { abortSignal }));
  } catch (error) {
    throw copyFailure(error, part);
  }
}

function copyFailure(error: unknown, { name, store, size }: StagedPart): unknown {
  const problem = problemOf(error);
  if (problem === undefined) return error;
  const isMissing =
    problem.status === 404 && ['CannotVerifyCopySource', 'BlobNotFound'].includes(problem.code);
  if (isMissing) return failure('BlobNotFound', { name, store: store.url });
  if (problem.code === 'InvalidRange') return partChanged(name, store.url, size, 'fewer');
  return isRefusal(problem) ? new CopyRefused(problem.message) : error;
}

/**
 * An account may be closed to the service that is to fetch from it. Older emulators have no such operation,
 * and newer ones fail without a code where it is asked for with a signature for a whole account: they have the
 * rights of no such signature on record for it. A key, an identity and a signature for a container do.
 */
function isRefusal({ status, code }: ServiceProblem): boolean {
  const isFailedEmulator = status === 500 && code === '';
  return status === 501 || isFailedEmulator || (code === 'CannotVerifyCopySource' && status < 500);
}

async function sendBlock(
  blob: BlockBlobClient,
  { id, part, offset, length }: Block,
  calls: ServiceCalls,
  limits: AzureLimits,
): Promise<void> {
  const bytes = Buffer.allocUnsafe(length);
  let found = 0;
  for await (const chunk of (await part.store.read(part.name, { offset, length })) as AsyncIterable<Buffer>) {
    found += chunk.copy(bytes, found);
    limits.onBytesCarried(chunk.length);
  }
  if (found !== length) throw partChanged(part.name, part.store.url, part.size, offset + found);
  const transactionalContentMD5 = createHash('md5').update(bytes).digest();
  await calls.tell((abortSignal) =>
    blob.stageBlock(id, bytes, length, { abortSignal, transactionalContentMD5 }),
  );
}

async function checkStaged(
  blob: BlockBlobClient,
  copied: readonly Block[],
  calls: ServiceCalls,
): Promise<void> {
  const list = await calls
    .tell((abortSignal) => blob.getBlockList('uncommitted', { abortSignal }))
    .catch((error: unknown) => {
      if (hasCode(error, 'BlobNotFound')) return undefined;
      throw error;
    });
  const sizes = new Map(list?.uncommittedBlocks?.map((block) => [block.name, block.size]));
  for (const { id, part, length } of copied) {
    const found = sizes.get(id);
    // Blocks that are gone went with the commit of another: the service will refuse the list of blocks then.
    if (found !== undefined && found !== length) throw partChanged(part.name, part.store.url, length, found);
  }
}

function partChanged(name: string, store: string, expected: number, found: number | string): Error {
  return failure('PartChanged', { name, store, expected, found });
}
