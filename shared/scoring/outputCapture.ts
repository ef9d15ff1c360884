import type { Readable } from 'node:stream';

/** Bytes that are kept of one stream for one claim: so many from its start, and as many from its end. */
const keptBytes = 1024 * 1024;

/** How long the end marker may take: a script can have closed its stream, or sent it elsewhere. */
const markerMilliseconds = 500;

/** What Node prints when it ends for want of memory, after it has said so: where it was in its own code. */
const nativeFrame = /^(?:\s*\d+: 0x[0-9a-f]+ .*|-+ (?:Native|JavaScript) stack trace -+|)$/;

/**
 * What a worker prints, cut into claims. A script may print gigabytes: start and end are kept, the middle is
 * counted. What comes while no claim is open goes with the next one.
 */
export class OutputCapture {
  private head: Buffer[] = [];
  private headBytes = 0;
  private tail: Buffer[] = [];
  private tailBytes = 0;
  private dropped = 0;
  private marker: { readonly bytes: Buffer; readonly found: () => void } | undefined;
  private held: Buffer = Buffer.alloc(0);
  private markerComes = true;

  /** `echo` is given all of it at once, without markers. */
  constructor(
    stream: Readable,
    private readonly echo: (bytes: Buffer) => void = () => undefined,
  ) {
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.on('error', () => undefined);
    stream.on('close', () => this.marker?.found());
  }

  /** The last lines, for the message of an error. */
  lastLines(count = 12): string {
    const text = Buffer.concat([...this.head, ...this.tail]).toString('utf8');
    const lines = text.trimEnd().split('\n');
    return lines
      .filter((line) => !nativeFrame.test(line))
      .slice(-count)
      .join(' | ');
  }

  /** Resolves once everything before the marker has been read. Call it before the worker is told to print it. */
  async untilMarker(text: string): Promise<void> {
    if (!this.markerComes) return;
    let timer: NodeJS.Timeout | undefined;
    const came = await new Promise<boolean>((resolve) => {
      this.marker = { bytes: Buffer.from(text), found: () => resolve(true) };
      timer = setTimeout(() => resolve(false), markerMilliseconds);
    });
    clearTimeout(timer);
    this.marker = undefined;
    this.markerComes = came;
    this.keep(this.held);
    this.held = Buffer.alloc(0);
  }

  /** Takes out what was printed since the last time. */
  flush(): Buffer {
    const notice = this.dropped === 0 ? [] : [Buffer.from(`\n[... ${this.dropped} bytes left out ...]\n`)];
    const all = Buffer.concat([...this.head, ...notice, ...this.tail]);
    [this.head, this.tail] = [[], []];
    this.headBytes = this.tailBytes = this.dropped = 0;
    return all;
  }

  private take(chunk: Buffer): void {
    if (this.marker === undefined) return this.keep(chunk);
    const bytes = Buffer.concat([this.held, chunk]);
    const at = bytes.indexOf(this.marker.bytes);
    if (at >= 0) {
      this.held = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + this.marker.bytes.length)]);
      this.marker.found();
      return;
    }
    // The marker may be cut by the border of two chunks.
    const safe = Math.max(0, bytes.length - this.marker.bytes.length);
    this.keep(bytes.subarray(0, safe));
    this.held = bytes.subarray(safe);
  }

  private keep(chunk: Buffer): void {
    if (chunk.length > 0) this.echo(chunk);
    const room = Math.min(chunk.length, keptBytes - this.headBytes);
    if (room > 0) {
      this.head.push(chunk.subarray(0, room));
      this.headBytes += room;
    }
    if (room >= chunk.length) return;
    const rest = chunk.subarray(room);
    this.tail.push(rest);
    this.tailBytes += rest.length;
    while (this.tailBytes > keptBytes) this.dropFront();
  }

  private dropFront(): void {
    const [first, ...others] = this.tail;
    if (first === undefined) return;
    const excess = Math.min(first.length, this.tailBytes - keptBytes);
    this.tail = excess === first.length ? others : [first.subarray(excess), ...others];
    this.tailBytes -= excess;
    this.dropped += excess;
  }
}
