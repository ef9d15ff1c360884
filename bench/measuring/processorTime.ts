import { readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of the time of a process, in milliseconds. */
interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  readonly own: number;
  /** That of processes below it that have ended. */
  readonly ended: number;
}

/** Linux counts in hundredths of a second. */
const tick = 10;

/** Milliseconds of processor time that a process has taken so far, in all of its threads. */
export function processorTime(pid: number): number {
  return timeOf(pid)?.own ?? 0;
}

/**
 * Milliseconds of processor time that all processes below one have taken so far, also those that have ended. Below a host
 * these are the scorers: they are asked by the system, and not by the engine that is measured.
 */
export function timeBelow(pid: number): number {
  const all = allTimes();
  const sum = (above: number): number =>
    all
      .filter(({ parent }) => parent === above)
      .reduce((total, one) => total + one.own + one.ended + sum(one.pid), 0);
  return sum(pid) + (timeOf(pid)?.ended ?? 0);
}

/** Milliseconds of processor time of the processes that this one has started and that have ended. */
export function timeOfEnded(): number {
  return timeOf(process.pid)?.ended ?? 0;
}

function allTimes(): ProcessTime[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timeOf(Number(name)) ?? []);
}

function timeOf(pid: number): ProcessTime | undefined {
  try {
    // The name of the program, which may hold anything, ends at the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = (...indices: number[]): number =>
      indices.reduce((all, index) => all + Number(fields[index]) * tick, 0);
    return { pid, parent: Number(fields[1]), own: ticks(11, 12), ended: ticks(13, 14) };
  } catch {
    return undefined;
  }
}
