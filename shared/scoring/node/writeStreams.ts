import { WriteStream } from 'node:fs';
import { isAbsolute, normalize, sep } from 'node:path';
import { finished, Writable } from 'node:stream';

type Method = (this: WriteStream, ...args: readonly unknown[]) => unknown;

/** The streams that a script writes files below a folder with: what they are given they write later. */
export class WriteStreams {
  private readonly used = new Set<WriteStream>();

  constructor(private readonly folder: string) {
    const { used } = this;
    const methods = Writable.prototype as unknown as Record<string, Method>;
    for (const name of ['write', 'end']) {
      const method = methods[name];
      const noting = function (this: WriteStream, ...args: readonly unknown[]): unknown {
        used.add(this);
        return method?.apply(this, args);
      };
      Object.assign(WriteStream.prototype, { [name]: noting });
    }
  }

  /** Waits until all that they were given is in their files; nothing, where nothing waits to be written. */
  settle(): Promise<void> | undefined {
    if (this.used.size === 0) return undefined;
    const streams = [...this.used].filter((stream) => this.isInside(stream));
    this.used.clear();
    return streams.length === 0 ? undefined : this.untilWritten(streams);
  }

  private async untilWritten(streams: readonly WriteStream[]): Promise<void> {
    await Promise.all(
      streams.map(
        (stream) =>
          new Promise<void>((written) => {
            if (stream.writableEnded) finished(stream, () => written());
            // Writes go in their order: when this one is done, so are those before it.
            else stream.write('', () => written());
            this.used.delete(stream);
          }),
      ),
    );
  }

  private isInside({ path }: WriteStream): boolean {
    // One that was made of an open file has no path; a relative one is relative to a folder of that time.
    return typeof path !== 'string' || !isAbsolute(path) || normalize(path).startsWith(this.folder + sep);
  }
}
