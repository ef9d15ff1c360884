import { availableParallelism } from 'node:os';
import type { LowerBound, Unit } from '../figure';
import type { DiskSpeed } from './diskSpeed';

/** What a piece of work cannot do without. */
export interface Needed {
  /** Milliseconds of processor time of the scorers. */
  readonly scorers: number;
  /** Processes that score at once. */
  readonly processes: number;
  /** Bytes that are written and have to be on disk. */
  readonly bytes?: number;
}

/** The least time for some work: its bytes at the speed of the disk, or the scorers' own time over the cores. */
export function leastTime(
  { scorers, processes, bytes = 0 }: Needed,
  disk: DiskSpeed,
): { time: number; from: string } {
  const cores = Math.min(processes, availableParallelism());
  const scoring = scorers / cores;
  const writing = bytes / 1000 / disk.megabytesPerSecond;
  return scoring >= writing
    ? { time: scoring, from: `${(scorers / 1000).toFixed(2)} s of the scorers over ${cores} cores` }
    : { time: writing, from: `${(bytes / 1e6).toFixed(1)} MB at the speed of the disk` };
}

/** A lower bound of some work that took `time` milliseconds in all, told for one of `count` pieces. */
export function timeBound(
  time: number,
  needed: Needed,
  disk: DiskSpeed,
  unit: Unit = 's',
  count = 1,
): LowerBound {
  const least = leastTime(needed, disk);
  return { value: least.time / count, unit, ratio: time / least.time, from: least.from };
}
