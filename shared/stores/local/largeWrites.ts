import type { FileHandle } from 'node:fs/promises';

const bufferBytes = 4 * 1024 * 1024;

/** Gathers bytes into large writes to a file. While one buffer is written, the other is filled. */
export class LargeWrites {
  private filling = Buffer.allocUnsafeSlow(bufferBytes);
  private resting = Buffer.allocUnsafeSlow(bufferBytes);
  private filled = 0;
  private position = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: FileHandle) {}

  /** The rest of the buffer, with room for `least` bytes or more. Say with `fill` how many were put there. */
  async room(least: number): Promise<Buffer> {
    if (bufferBytes - this.filled < least) await this.flush();
    return this.filling.subarray(this.filled);
  }

  fill(bytes: number): void {
    this.filled += bytes;
  }

  async append(chunk: Buffer): Promise<void> {
    for (let done = 0; done < chunk.length;) {
      const copied = chunk.copy(await this.room(1), 0, done);
      this.fill(copied);
      done += copied;
    }
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  private async flush(): Promise<void> {
    await this.writing;
    const full = this.filling.subarray(0, this.filled);
    this.writing = writeAll(this.file, full, this.position);
    // A failed write is reported where it is awaited; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
    this.position += full.length;
    [this.filling, this.resting] = [this.resting, this.filling];
    this.filled = 0;
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
