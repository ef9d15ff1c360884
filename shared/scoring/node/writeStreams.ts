import { WriteStream } from 'node:fs';
import { finished, Writable } from 'node:stream';

type Method = (this: WriteStream, ...args: unknown[]) => unknown;

/** The streams that a script writes files with: what they are given they write later. */
export class WriteStreams {
  private readonly used = new Set<WriteStream>();

  constructor() {
    const { used } = this;
    const methods = Writable.prototype as unknown as Record<string, Method>;
    for (const name of ['write', 'end']) {
      const method = methods[name];
      const noting = function (this: WriteStream, ...args: unknown[]): unknown {
        used.add(this);
        return method?.apply(this, args);
      };
      Object.assign(WriteStream.prototype, { [name]: noting });
    }
  }

  /** Waits until all that they were given is in their files; nothing, where none was used since the last time. */
  settle(): Promise<void> | undefined {
    return this.used.size === 0 ? undefined : this.untilWritten([...this.used]);
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
}
