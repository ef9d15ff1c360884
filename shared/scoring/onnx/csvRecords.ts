import { InputFileError } from './inputFileError';

/** Records of a CSV file: where their fields lie in a buffer. */
export interface CsvRecords {
  readonly buffer: Buffer;
  readonly count: number;
  /** For each field of each record its start and its end. An end below zero is `~end` of a field with doubled quotes. */
  readonly bounds: Int32Array;
  /** Where a record stands, for people: the line that it begins in, or its row in a file that this is a part of. */
  readonly place: (record: number) => string;
}

const lf = 0x0a;
const cr = 0x0d;
const quote = 0x22;
const comma = 0x2c;

/** Where the scanning of a file stands, between two buffers. */
export class CsvScanner {
  /** The line that the next record begins in. */
  line = 1;
  /** Bytes of the last buffer that were used up. */
  used = 0;
  /** Fields of a record, once the first has been seen. */
  width = 0;
  private bounds = new Int32Array(1 << 16);
  private lines = new Int32Array(1 << 12);
  /** Records before the next, without that of the names. */
  private rows = -1;

  /**
   * `firstRow` is the number of the first row in the file that this is a part of: the lines of a part say nothing of
   * that file.
   */
  constructor(private readonly firstRow?: number) {}

  /**
   * Finds the records that are whole in a buffer; with `last`, what is left is one too. Empty lines are passed over.
   * At most `most` records are taken. Fails with `InputFileError` where a record has more or fewer fields than the first.
   */
  scan(buffer: Buffer, last: boolean, most = Infinity): CsvRecords {
    const end = buffer.length;
    let count = 0;
    let fields = 0;
    let at = 0;
    let line = this.line;
    const before = this.rows;
    this.used = 0;
    records: while (at < end && count < most) {
      const first = buffer[at];
      if (first === lf || first === cr) {
        if (first === cr && at + 1 === end && !last) break;
        at += first === cr && buffer[at + 1] === lf ? 2 : 1;
        this.used = at;
        this.line = ++line;
        continue;
      }
      const begins = line;
      const fieldsBefore = fields;
      for (;;) {
        let from = at;
        let to: number;
        if (at < end && buffer[at] === quote) {
          from = ++at;
          let doubled = false;
          for (;;) {
            if (at >= end) {
              if (!last) break records;
              throw new InputFileError(
                `the quoted field that begins in ${this.place(begins, before + count)} is never closed`,
              );
            }
            const byte = buffer[at];
            if (byte === quote) {
              if (at + 1 === end && !last) break records;
              if (buffer[at + 1] !== quote) break;
              doubled = true;
              at++;
            } else if (byte === lf) line++;
            at++;
          }
          to = doubled ? ~at : at;
          at++;
        } else {
          while (at < end) {
            const byte = buffer[at];
            if (byte === comma || byte === lf || byte === cr) break;
            at++;
          }
          to = at;
        }
        if (2 * fields + 2 > this.bounds.length) this.bounds = grown(this.bounds);
        this.bounds[2 * fields] = from;
        this.bounds[2 * fields + 1] = to;
        fields++;
        if (at >= end) {
          if (!last) break records;
          break;
        }
        const byte = buffer[at];
        if (byte === comma) {
          at++;
          continue;
        }
        if (byte !== lf && byte !== cr) {
          throw new InputFileError(
            `in ${this.place(line, before + count)} there is text after the end of a quoted field`,
          );
        }
        if (byte === cr && at + 1 === end && !last) break records;
        at += byte === cr && buffer[at + 1] === lf ? 2 : 1;
        line++;
        break;
      }
      this.checkWidth(fields - fieldsBefore, begins, before + count);
      if (count === this.lines.length) this.lines = grown(this.lines);
      this.lines[count++] = begins;
      this.used = at;
      this.line = line;
    }
    this.rows += count;
    const { bounds, lines } = this;
    return { buffer, count, bounds, place: (record) => this.place(lines[record] ?? 0, before + record) };
  }

  private place(line: number, row: number): string {
    return this.firstRow === undefined ? `line ${line}` : `row ${this.firstRow + row}`;
  }

  private checkWidth(fields: number, line: number, row: number): void {
    if (this.width === 0) this.width = fields;
    if (fields === this.width) return;
    const found = `${fields} field${fields === 1 ? '' : 's'}`;
    throw new InputFileError(
      `${this.place(line, row)} has ${found}, and the line with the names of the columns has ${this.width}`,
    );
  }
}

/** The text of a field between its bounds. */
export function fieldText({ buffer, bounds }: CsvRecords, field: number): string {
  const from = bounds[2 * field] ?? 0;
  const to = bounds[2 * field + 1] ?? 0;
  return to < 0
    ? buffer.toString('utf8', from, ~to).replaceAll('""', '"')
    : buffer.toString('utf8', from, to);
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
