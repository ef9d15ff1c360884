import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MiniBatchRange } from '../domain/tiling';
import type { Outcome } from '../planning/claimRow';
import { mergeRuns, type Run } from '../planning/mergeRuns';
import { fileLines } from './blocks/fileLines';
import { givingTurns } from './givingTurns';
import { LogFiles } from './logFiles';

/** A claim with its outcome. */
export interface SettledClaim extends MiniBatchRange {
  readonly lane: number;
  readonly sequence: number;
  readonly outcome: Outcome;
}

/** Claims that are kept in memory; where there are more, all are on disk. */
const mostInMemory = 5_000;

/** Bytes of all runs together that are in memory while they are merged, and the least of one. */
const mergeBytes = 16 * 1024 * 1024;
const leastPiece = 16 * 1024;

const file = 'claims';

/**
 * The settled claims of a job, in the order of their mini-batches. They come lane by lane, and in each lane in that order:
 * so what does not fit into memory lies on disk as sorted runs, and is merged as it is read.
 */
export class SettledClaims {
  private claims: SettledClaim[] = [];
  private spool: { readonly folder: string; readonly files: LogFiles } | undefined;
  /** Where each run begins in the file; the last one ends with it. */
  private readonly runs: number[] = [];
  private size = 0;
  private last = Infinity;

  constructor(
    private readonly scratch: string,
    private readonly most = mostInMemory,
  ) {}

  async add(claim: SettledClaim): Promise<void> {
    if (this.spool !== undefined) return this.write(claim);
    this.claims.push(claim);
    if (this.claims.length <= this.most) return;
    const folder = join(this.scratch, `claims-${randomUUID()}`);
    this.spool = { folder, files: new LogFiles(folder) };
    for (const each of this.claims) await this.write(each);
    this.claims = [];
  }

  /** To be called when all are added. */
  async finish(): Promise<void> {
    await this.spool?.files.finish();
    this.claims.sort((a, b) => a.from - b.from);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SettledClaim, void> {
    if (this.spool === undefined) {
      yield* this.claims;
      return;
    }
    const path = join(this.spool.folder, file);
    const pieceBytes = Math.max(leastPiece, Math.floor(mergeBytes / this.runs.length));
    const runs = this.runs.map(
      (start, i) => new ClaimRun(path, start, this.runs[i + 1] ?? this.size, pieceBytes),
    );
    try {
      yield* givingTurns(mergeRuns(runs, (a, b) => a.from < b.from));
    } finally {
      for (const run of runs) run.close();
    }
  }

  /** Removes what lies on disk. */
  async close(): Promise<void> {
    if (this.spool !== undefined) await rm(this.spool.folder, { recursive: true, force: true });
  }

  private async write({ from, to, lane, sequence, outcome }: SettledClaim): Promise<void> {
    const line = `${JSON.stringify({ from, to, lane, sequence, outcome })}\n`;
    if (this.runs.length === 0 || from < this.last) this.runs.push(this.size);
    this.last = from;
    this.size += Buffer.byteLength(line);
    await this.spool?.files.add(file, line);
  }
}

/** One run, read from its start. */
class ClaimRun implements Run<SettledClaim> {
  front: SettledClaim | undefined;
  private readonly lines: Generator<string, void>;

  constructor(path: string, start: number, end: number, pieceBytes: number) {
    this.lines = fileLines(path, start, end - start, pieceBytes);
    this.advance();
  }

  advance(): void {
    const next = this.lines.next();
    this.front = next.done === true ? undefined : (JSON.parse(next.value) as SettledClaim);
  }

  close(): void {
    this.lines.return();
  }
}
