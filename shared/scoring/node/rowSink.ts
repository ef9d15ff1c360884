import { closeSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { PredictionTable } from '../onnx/predictionTable';
import { writeAll } from './writeAll';

/** Bytes that are held in memory before they go to a file. */
const largestBuffer = 8 << 20;
const pieceBytes = 1 << 20;

/** Where a sink was, for `takeBack`. */
export interface SinkMark {
  readonly bytes: number;
  readonly rows: number;
}

/** Where the rows of our own scorers go, table by table: a large file never has all its predictions in memory. */
export interface RowSink {
  /** Rows that are there. */
  readonly rows: number;
  /**
   * Adds predictions of the file at this position of the mini-batch. `firstRow` is the number of their first row in
   * the file; `undefined` where rows have no number, as for images.
   */
  add(table: PredictionTable, position: number, firstRow: number | undefined): void;
  mark(): SinkMark;
  /** Takes back what was added since the mark. */
  takeBack(mark: SinkMark): void;
  /** Appends all rows to an open file, and answers how many bytes they are. The sink is used up then. */
  writeTo(descriptor: number): number;
  /** Drops all that it holds. */
  close(): void;
}

/** Makes the bytes that stand for some predictions, as `RowSink.add` is given them, in pieces. */
export type EncodeRows = (
  table: PredictionTable,
  position: number,
  firstRow: number | undefined,
) => Iterable<Buffer>;

/** Holds rows as text, or as lines with blocks of them. */
export class SpoolingRowSink implements RowSink {
  rows = 0;
  private held: Buffer[] = [];
  private heldBytes = 0;
  private spool: number | undefined;
  private spooledBytes = 0;

  /** `folder` is for a file that nobody else sees. */
  constructor(
    private readonly encode: EncodeRows,
    private readonly folder: string,
  ) {}

  add(table: PredictionTable, position: number, firstRow: number | undefined): void {
    for (const lines of this.encode(table, position, firstRow)) {
      this.held.push(lines);
      this.heldBytes += lines.length;
      if (this.heldBytes > largestBuffer) this.spoolAll();
    }
    this.rows += table.rows;
  }

  mark(): SinkMark {
    return { bytes: this.spooledBytes + this.heldBytes, rows: this.rows };
  }

  takeBack({ bytes, rows }: SinkMark): void {
    this.rows = rows;
    const kept = Buffer.concat(this.held).subarray(0, Math.max(bytes - this.spooledBytes, 0));
    this.held = [kept];
    this.heldBytes = kept.length;
    if (this.spool === undefined || bytes >= this.spooledBytes) return;
    ftruncateSync(this.spool, bytes);
    this.spooledBytes = bytes;
  }

  writeTo(descriptor: number): number {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let at = 0; this.spool !== undefined && at < this.spooledBytes;) {
      const length = readSync(this.spool, piece, 0, Math.min(pieceBytes, this.spooledBytes - at), at);
      if (length === 0) throw new Error('the temporary file with the rows is shorter than it was');
      writeAll(descriptor, piece.subarray(0, length));
      at += length;
    }
    for (const lines of this.held) writeAll(descriptor, lines);
    const { bytes } = this.mark();
    this.close();
    return bytes;
  }

  close(): void {
    if (this.spool !== undefined) closeSync(this.spool);
    this.spool = undefined;
    this.held = [];
    this.heldBytes = this.spooledBytes = 0;
  }

  private spoolAll(): void {
    this.spool ??= openUnseen(this.folder);
    for (const lines of this.held) {
      writeAll(this.spool, lines);
      this.spooledBytes += lines.length;
    }
    this.held = [];
    this.heldBytes = 0;
  }
}

/** Counts the rows that nobody wants to have, as with the output action summary_only. */
export class CountingRowSink implements RowSink {
  rows = 0;

  add(table: PredictionTable): void {
    this.rows += table.rows;
  }

  mark(): SinkMark {
    return { bytes: 0, rows: this.rows };
  }

  takeBack({ rows }: SinkMark): void {
    this.rows = rows;
  }

  writeTo(): number {
    return 0;
  }

  close(): void {
    // It holds nothing.
  }
}

/** A file without a name, which is gone with the process at the latest. */
function openUnseen(folder: string): number {
  const path = join(folder, `rows-${process.pid}-${process.hrtime.bigint()}`);
  // What is appended goes to its end, wherever that is after rows were taken back.
  const descriptor = openSync(path, 'ax+', 0o600);
  unlinkSync(path);
  return descriptor;
}
