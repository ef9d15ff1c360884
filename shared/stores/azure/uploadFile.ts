import { createHash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { BlockBlobClient } from '@azure/storage-blob';
import { failure } from '../../errors/batchpointError';
import { openStagedFile } from '../stagedFile';
import { hasCode } from './azureErrors';
import type { AzureLimits } from './azureOptions';
import { blockId } from './blockPlan';
import { forEachBounded } from '../boundedWork';
import type { ServiceCalls } from './serviceCalls';

const sendsAtOnce = 4;
/** How often blocks are sent again that went with the commit of another to the same name. */
const rounds = 10;

/**
 * Uploads a file as a blob, whatever the blob was before; a large one in blocks, some at once. `onSent` is told of bytes
 * that have arrived.
 */
export async function uploadFile(
  blob: BlockBlobClient,
  path: string,
  calls: ServiceCalls,
  limits: AzureLimits,
  onSent: (bytes: number) => void = () => undefined,
): Promise<{ readonly size: number }> {
  const file = await openStagedFile(path);
  try {
    const { size } = await file.stat();
    if (size > limits.sentBlockBytes) {
      await uploadBlocks(blob, file, path, size, calls, limits, onSent);
    } else {
      await uploadWhole(blob, await readBlock(file, path, 0, size), calls);
      onSent(size);
    }
    return { size };
  } finally {
    await file.close();
  }
}

async function uploadWhole(blob: BlockBlobClient, bytes: Buffer, calls: ServiceCalls): Promise<void> {
  const transactionalContentMD5 = md5(bytes);
  await calls.tell((abortSignal) =>
    blob.upload(bytes, bytes.length, { abortSignal, transactionalContentMD5 }),
  );
}

async function uploadBlocks(
  blob: BlockBlobClient,
  file: FileHandle,
  path: string,
  size: number,
  calls: ServiceCalls,
  limits: AzureLimits,
  onSent: (bytes: number) => void,
): Promise<void> {
  const blockBytes = Math.max(limits.sentBlockBytes, Math.ceil(size / limits.maxBlocks));
  for (let round = 1; ; round += 1) {
    // A mark of its own for each upload: two of them to one name must not mix their blocks.
    const mark = randomBytes(12).toString('hex');
    const offsets = Array.from(
      { length: Math.ceil(size / blockBytes) },
      (_, position) => position * blockBytes,
    );
    const ids = offsets.map((_, position) => blockId(mark, position));
    try {
      await forEachBounded(sendsAtOnce, offsets.entries(), async ([position, offset]) => {
        const bytes = await readBlock(file, path, offset, Math.min(blockBytes, size - offset));
        const transactionalContentMD5 = md5(bytes);
        await calls.tell((abortSignal) =>
          blob.stageBlock(ids[position] ?? '', bytes, bytes.length, { abortSignal, transactionalContentMD5 }),
        );
        // Of blocks that are sent once more, nobody is told again.
        if (round === 1) onSent(bytes.length);
      });
      await calls.tell((abortSignal) => blob.commitBlockList(ids, { abortSignal }));
      return;
    } catch (error) {
      if (!hasCode(error, 'InvalidBlockList') || round === rounds) throw error;
    }
  }
}

async function readBlock(file: FileHandle, path: string, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0)
      throw failure('StagedFileInvalid', { path, reason: 'it became shorter while it was read' });
    done += bytesRead;
  }
  return bytes;
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}
