/** Rows that follow each other in a CSV file: their number, and where their bytes begin and end. */
export interface CsvRows {
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

const lineStart = 0;
const blankSoFar = 1;
const fieldStart = 2;
const inField = 3;
const quoted = 4;
const quoteInQuoted = 5;
const afterReturn = 6;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const space = 0x20;
const tab = 0x09;

/** The byte order mark of UTF-8. */
const mark = [0xef, 0xbb, 0xbf];

/** What may stand between fields, the likeliest first. */
const delimiters = [0x2c, 0x3b, tab, 0x7c];

/**
 * Finds the rows of a CSV file by its bytes, as pandas does: a quote at the start of a field opens it, lines end with LF,
 * CR LF or CR, lines of nothing but white space are none, and the first line that is not is the header. The delimiter is
 * the one of `, ; tab |` that the header has most of. Bytes come in stretches of any size; rows are given out in groups
 * of `size`.
 */
export class CsvRowScanner {
  /** Where the header ends; `undefined` while it is not over. */
  header: number | undefined;
  private state = lineStart;
  private position = 0;
  private rows = 0;
  private from = 0;
  /** Which bytes are delimiters: all candidates in the header, then one. */
  private isDelimiter = tableOf(delimiters);
  private endsField = tableOf([...delimiters, lineFeed, carriageReturn]);
  /** Bytes of the mark at the start that have been seen. */
  private marked = 0;
  private readonly counts = new Map(delimiters.map((delimiter) => [delimiter, 0]));

  constructor(private readonly size: number) {}

  /** Takes the next bytes; answers the groups of rows that are complete with them. */
  take(bytes: Uint8Array): CsvRows[] {
    const found: CsvRows[] = [];
    let { state, isDelimiter, endsField } = this;
    const endLine = (end: number): void => {
      this.endLine(this.position + end, found);
      ({ isDelimiter, endsField } = this);
    };
    for (let i = this.skipMark(bytes); i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (state === inField) {
        // Most of a file is this, or inside quotes.
        if (endsField[byte] === 0) continue;
      } else if (state === quoted) {
        if (byte === quote) state = quoteInQuoted;
        continue;
      } else if (state === afterReturn) {
        state = lineStart;
        endLine(byte === lineFeed ? i + 1 : i);
        if (byte === lineFeed) continue;
      }
      if (byte === lineFeed) {
        if (state !== lineStart && state !== blankSoFar) endLine(i + 1);
        state = lineStart;
      } else if (byte === carriageReturn) {
        state = state === lineStart || state === blankSoFar ? lineStart : afterReturn;
      } else if (isDelimiter[byte] === 1) {
        if (this.header === undefined) this.counts.set(byte, (this.counts.get(byte) ?? 0) + 1);
        state = fieldStart;
      } else if ((byte === space || byte === tab) && (state === lineStart || state === blankSoFar)) {
        state = blankSoFar;
      } else {
        state = byte === quote && state !== blankSoFar ? quoted : inField;
      }
    }
    this.state = state;
    this.position += bytes.length;
    return found;
  }

  /** The rows at the end of the file, where there are any that were not given out. */
  end(): CsvRows | undefined {
    const found: CsvRows[] = [];
    if (this.state !== lineStart && this.state !== blankSoFar) this.endLine(this.position, found);
    const [last] = found;
    if (last !== undefined) return last;
    return this.rows === 0 ? undefined : { rows: this.rows, from: this.from, to: this.position };
  }

  private endLine(position: number, found: CsvRows[]): void {
    if (this.header === undefined) {
      this.header = position;
      this.from = position;
      const delimiter = mostFrequent(this.counts);
      this.isDelimiter = tableOf([delimiter]);
      this.endsField = tableOf([delimiter, lineFeed, carriageReturn]);
      return;
    }
    if (++this.rows < this.size) return;
    found.push({ rows: this.rows, from: this.from, to: position });
    this.rows = 0;
    this.from = position;
  }

  /** How many of these bytes stand at the start of the file only to say that it is UTF-8. */
  private skipMark(bytes: Uint8Array): number {
    if (this.position !== this.marked) return 0;
    let skipped = 0;
    while (this.marked < mark.length && bytes[skipped] === mark[this.marked]) {
      skipped++;
      this.marked++;
    }
    return skipped;
  }
}

/** Whether a file begins as one of which the characters are no single bytes: its rows cannot be told by bytes. */
export function isWide(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function mostFrequent(counts: ReadonlyMap<number, number>): number {
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? 0x2c;
}

function tableOf(bytes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}
