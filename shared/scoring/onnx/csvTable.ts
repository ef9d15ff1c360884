import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { CsvCells } from './csvCells';
import { CsvScanner, fieldText } from './csvRecords';
import { InputFileError, shown } from './inputFileError';
import type { TableBlock, TableReader } from './tableBlock';

const blockBytes = 1 << 20;

/** A record that is longer is most likely a quote that is never closed. */
const longestRecord = 1 << 28;

/** A CSV file with commas and one line of names, in UTF-8. */
export class CsvTable implements TableReader {
  readonly columns: readonly string[];

  private constructor(
    private readonly file: FileHandle,
    private readonly scanner: CsvScanner,
    private readonly feed: ByteFeed,
    first: readonly string[],
  ) {
    this.columns = withoutDoubles(first);
  }

  /** Opens a file and reads its names; fails with `InputFileError` where there are none. */
  static async open(path: string): Promise<CsvTable> {
    const file = await open(path);
    try {
      const feed = new ByteFeed(file);
      const scanner = new CsvScanner();
      for (;;) {
        await feed.more(scanner.used);
        refuseUtf16(feed.buffer);
        const records = scanner.scan(feed.buffer, feed.ended, 1);
        if (records.count === 1) {
          checkUtf8(feed.buffer.subarray(0, scanner.used), 1);
          const names = Array.from({ length: scanner.width }, (_, field) => fieldText(records, field));
          return new CsvTable(file, scanner, feed, names);
        }
        if (feed.ended)
          throw new InputFileError('the file is empty: it has not even a line with the names of its columns');
      }
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async *blocks(): AsyncIterable<TableBlock> {
    const { scanner, feed } = this;
    do {
      await feed.more(scanner.used);
      const { line } = scanner;
      const records = scanner.scan(feed.buffer, feed.ended);
      checkUtf8(feed.buffer.subarray(0, scanner.used), line);
      if (records.count > 0) yield new CsvCells(records, this.columns);
    } while (!feed.ended || scanner.used < feed.buffer.length);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** The bytes of a file, of which those that are used up make room for the next. */
class ByteFeed {
  buffer: Buffer = Buffer.alloc(0);
  ended = false;
  private room = Buffer.allocUnsafe(blockBytes);
  private atStart = true;

  constructor(private readonly file: FileHandle) {}

  /** Drops what is used up and reads on, until the room is full or the file ends. */
  async more(used: number): Promise<void> {
    const rest = this.buffer.subarray(used);
    if (rest.length === this.room.length) {
      if (rest.length >= longestRecord)
        throw new InputFileError('a record is longer than 256 MiB: a quote may be missing');
      this.room = Buffer.allocUnsafe(2 * this.room.length);
    }
    rest.copy(this.room);
    let length = rest.length;
    while (!this.ended && length < this.room.length) {
      const { bytesRead } = await this.file.read(this.room, length, this.room.length - length);
      if (bytesRead === 0) this.ended = true;
      length += bytesRead;
    }
    const hasMark = this.atStart && this.room[0] === 0xef && this.room[1] === 0xbb && this.room[2] === 0xbf;
    this.atStart = false;
    this.buffer = this.room.subarray(hasMark ? 3 : 0, length);
  }
}

/** Says what the file is where it cannot be taken for bytes of UTF-8 at all. */
function refuseUtf16(buffer: Buffer): void {
  const [first, second] = buffer;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new InputFileError('the file is UTF-16: save it as UTF-8');
  }
}

function checkUtf8(bytes: Buffer, firstLine: number): void {
  if (isUtf8(bytes)) return;
  let line = firstLine;
  for (let from = 0; from < bytes.length; line++) {
    const at = bytes.indexOf(0x0a, from);
    const to = at < 0 ? bytes.length : at + 1;
    const one = bytes.subarray(from, to);
    if (!isUtf8(one)) {
      const text = shown(one.toString('latin1').trimEnd());
      throw new InputFileError(
        `line ${line} is not UTF-8; read as Latin-1 it is ${text}. Save the file as UTF-8`,
      );
    }
    from = to;
  }
}

/** Names as pandas makes them: a second `a` is `a.1`. */
function withoutDoubles(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let i = 1; seen.has(own); i++) own = `${name}.${i}`;
    seen.add(own);
    return own;
  });
}
