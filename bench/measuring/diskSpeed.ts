import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the disk takes that the files of the benchmarks lie on. */
export interface DiskSpeed {
  /** Large writes one after the other, and on disk at the end. */
  readonly megabytesPerSecond: number;
  /** A small write that is on disk. */
  readonly syncMilliseconds: number;
}

const piece = randomBytes(4 * 1024 ** 2);
const pieces = 64;
const largeRounds = 4;
const smallRounds = 60;

/** Measures the disk below the folder for temporary files: the best of some rounds, as it is for lower bounds. */
export function measureDisk(): DiskSpeed {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
  try {
    let best = 0;
    for (let round = 0; round < largeRounds; round++)
      best = Math.max(best, (piece.length * pieces) / 1000 / writeLarge(join(folder, 'large'), pieces));
    return { megabytesPerSecond: best, syncMilliseconds: smallWrite(join(folder, 'small')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that so many pieces of 4 MiB take, on disk; again and again they go over the same file. */
export function writeLarge(path: string, count: number): number {
  const began = performance.now();
  const file = openSync(path, 'w');
  for (let i = 0; i < count; i++) writeSync(file, piece);
  fsyncSync(file);
  closeSync(file);
  return performance.now() - began;
}

/** Bytes of a piece that `writeLarge` writes. */
export const pieceBytes = piece.length;

function smallWrite(path: string): number {
  const times: number[] = [];
  const file = openSync(path, 'a');
  for (let i = 0; i < smallRounds; i++) {
    const began = performance.now();
    writeSync(file, piece, 0, 4096);
    fsyncSync(file);
    times.push(performance.now() - began);
  }
  closeSync(file);
  return times.sort((a, b) => a - b)[Math.floor(smallRounds / 4)] ?? 0;
}
