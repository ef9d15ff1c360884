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
    private readonly reading: {
      readonly file: FileHandle;
      readonly scanner: CsvScanner;
      readonly feed: ByteFeed;
      readonly isPart: boolean;
    },
    first: readonly string[],
  ) {
    this.columns = asInPandas(first);
  }

  /**
   * Opens a file and reads its names; fails with `InputFileError` where there are none. `firstRow` is for a part of
   * another file, as the number of its first row in that.
   */
  static async open(path: string, firstRow?: number): Promise<CsvTable> {
    const file = await open(path);
    try {
      const feed = new ByteFeed(file);
      const scanner = new CsvScanner(firstRow);
      for (;;) {
        await feed.more(scanner.used);
        refuseOtherForms(feed.buffer);
        const records = scanner.scan(feed.buffer, feed.ended, 1);
        if (records.count === 1) {
          checkUtf8(feed.buffer.subarray(0, scanner.used), 1);
          const names = Array.from({ length: scanner.width }, (_, field) => fieldText(records, field));
          return new CsvTable({ file, scanner, feed, isPart: firstRow !== undefined }, names);
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
    const { scanner, feed, isPart } = this.reading;
    do {
      await feed.more(scanner.used);
      const { line } = scanner;
      const records = scanner.scan(feed.buffer, feed.ended);
      checkUtf8(feed.buffer.subarray(0, scanner.used), isPart ? undefined : line);
      if (records.count > 0) yield new CsvCells(records, this.columns);
    } while (!feed.ended || scanner.used < feed.buffer.length);
  }

  async close(): Promise<void> {
    await this.reading.file.close();
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

/** What files of other forms begin with, which may have the name of a CSV file too. */
const otherForms = [
  { name: 'UTF-16', mark: [0xff, 0xfe] },
  { name: 'UTF-16', mark: [0xfe, 0xff] },
  { name: 'gzip', mark: [0x1f, 0x8b] },
  { name: 'a zip file', mark: [0x50, 0x4b, 0x03, 0x04] },
];

/** Says what the file is where it cannot be taken for bytes of UTF-8 at all. */
function refuseOtherForms(buffer: Buffer): void {
  const form = otherForms.find(({ mark }) => mark.every((byte, i) => buffer[i] === byte));
  if (form === undefined) return;
  throw new InputFileError(
    `the file is ${form.name}, and CSV files are read as UTF-8 text: save it as UTF-8`,
  );
}

/** Refuses bytes that are no UTF-8. `firstLine` is left out where the number of a line would say nothing. */
function checkUtf8(bytes: Buffer, firstLine?: number): void {
  if (isUtf8(bytes)) return;
  let line = firstLine ?? 0;
  for (let from = 0; from < bytes.length; line++) {
    const at = bytes.indexOf(0x0a, from);
    const to = at < 0 ? bytes.length : at + 1;
    const one = bytes.subarray(from, to);
    if (!isUtf8(one)) {
      const text = shown(one.toString('latin1').trimEnd());
      throw new InputFileError(
        `${firstLine === undefined ? 'a line' : `line ${line}`} is not UTF-8; read as Latin-1 it is ${text}. Save the file as UTF-8`,
      );
    }
    from = to;
  }
}

/** Names as pandas makes them, and so as models learn them: a second `a` is `a.1`, one that is empty has its position. */
function asInPandas(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((given, position) => {
    const name = given === '' ? `Unnamed: ${position}` : given;
    let own = name;
    for (let i = 1; seen.has(own); i++) own = `${name}.${i}`;
    seen.add(own);
    return own;
  });
}
