import { WriteStream } from 'node:fs';
import { resolve, sep } from 'node:path';

/** How Node opens a stream of a file. */
interface Construct {
  _construct: (this: WriteStream, done: (error?: Error | null) => void) => void;
}

/** The streams that a script writes files below a folder with: what they are given they write later. */
export class WriteStreams {
  private readonly open = new Set<WriteStream>();

  constructor(private readonly folder: string) {
    const { open } = this;
    const prototype = WriteStream.prototype as unknown as Construct;
    const construct = prototype._construct;
    prototype._construct = function (done) {
      open.add(this);
      this.once('close', () => open.delete(this));
      return construct.call(this, done);
    };
  }

  /** Waits until all that they were given is in their files; where nothing waits to be written, there is nothing to wait for. */
  settle(): Promise<void> | undefined {
    const busy = [...this.open].filter((stream) => stream.writableLength > 0 && this.isInside(stream));
    return busy.length === 0 ? undefined : this.untilWritten(busy);
  }

  private async untilWritten(streams: readonly WriteStream[]): Promise<void> {
    await Promise.all(
      streams.map(
        (stream) =>
          new Promise<void>((resolve) => {
            if (stream.writableEnded) stream.once('close', resolve);
            // Writes go in their order: when this one is done, so are those before it.
            else stream.write('', () => resolve());
          }),
      ),
    );
  }

  private isInside({ path }: WriteStream): boolean {
    // One that was made of an open file has no path.
    return typeof path !== 'string' || resolve(path).startsWith(this.folder + sep);
  }
}
