import { readFileSync } from 'node:fs';

/** A row that was to be changed. `value` is what the row is to hold, where the journal knows it. */
export interface RowWrite {
  readonly kind: 'insert' | 'replace' | 'put' | 'remove';
  readonly row: string;
  readonly value?: Readonly<Record<string, unknown>>;
}

/** What a store was asked to do. `rows` is a group of changes in a partition; the others are of blobs. */
export type WriteOp = 'write' | 'stage' | 'commit' | 'remove' | 'removeAll' | 'rows';

/**
 * One line of a journal: a write that begins, or one that has ended. A process that is killed in between leaves no end:
 * then nobody knows whether the write was done.
 */
export interface JournalLine {
  /** Milliseconds of the clock of the machine that never goes back, the same for all its processes. */
  readonly at: number;
  readonly pid: number;
  /** Tells the writes of one process apart: the same at the beginning and at the end. */
  readonly id: number;
  readonly phase: 'begin' | 'end';
  /** The URL of a blob store, or `tables`. */
  readonly store: string;
  readonly op: WriteOp;
  /** The name of a blob, the prefix of several, or a partition. */
  readonly name: string;
  /** Of `rows`: what is to be changed. */
  readonly changes?: readonly RowWrite[];
  /** At the end: the ETag that the blob has got. */
  readonly etag?: string;
  readonly size?: number;
  /** Of the head of a manifest, where the journal knows it: the attempt at planning whose pages count. */
  readonly attempt?: string;
  /** SHA-256 of what is written, in hex; of a commit, of the names, sizes and metadata that it is made from. */
  readonly digest?: string;
  /** At the end of a write that was surely not done: why. */
  readonly refused?: string;
}

/** A write, from its beginning to its end. */
export interface Write extends Omit<JournalLine, 'at' | 'phase'> {
  readonly begun: number;
  /** Missing where nobody was told of an end. */
  readonly ended?: number;
}

/** The milliseconds of the clock that journals go by. */
export function journalTime(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Reads a journal of JSON lines, from byte `from` on. A line that a kill has cut short is passed over. */
export function readJournal(path: string, from = 0): Write[] {
  const lines = readFileSync(path).subarray(from).toString('utf8').split('\n');
  return writesOf(
    lines.flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalLine];
      } catch {
        return [];
      }
    }),
  );
}

/** The writes of a journal in the order of their beginnings. */
export function writesOf(lines: readonly JournalLine[]): Write[] {
  const writes = new Map<string, Write>();
  for (const { at, phase, ...line } of lines) {
    const key = `${line.pid}:${line.id}`;
    const before = writes.get(key);
    if (phase === 'begin') writes.set(key, { ...line, begun: at });
    else if (before !== undefined) writes.set(key, { ...before, ...line, ended: at });
  }
  return [...writes.values()].sort((a, b) => a.begun - b.begun);
}
