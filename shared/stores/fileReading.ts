import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange } from './blobStore';

const chunkBytes = 256 * 1024;

/**
 * A stream of a file's bytes, or `undefined` where `path` is no plain file. `translate` turns an error of the
 * file system into that of the stream.
 */
export async function readFileRange(
  path: string,
  range: ByteRange,
  translate: (error: unknown) => unknown,
): Promise<Readable | undefined> {
  // Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) {
      await file.close();
      return undefined;
    }
    const end = range.length === undefined ? found.size : Math.min(found.size, range.offset + range.length);
    return new FileReading(file, range.offset, end, translate);
  } catch (error) {
    await file.close();
    throw error;
  }
}

class FileReading extends Readable {
  constructor(
    private readonly file: FileHandle,
    private position: number,
    private readonly end: number,
    private readonly translate: (error: unknown) => unknown,
  ) {
    super({ highWaterMark: chunkBytes });
  }

  override _read(): void {
    const wanted = Math.min(chunkBytes, this.end - this.position);
    if (wanted <= 0) {
      this.push(null);
      return;
    }
    this.file.read(Buffer.allocUnsafe(wanted), 0, wanted, this.position).then(
      ({ bytesRead, buffer }) => {
        this.position += bytesRead;
        this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead));
      },
      (error: unknown) => this.destroy(this.translate(error) as Error),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.file.close().then(
      () => done(error),
      () => done(error),
    );
  }
}
