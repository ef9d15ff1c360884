import { readFileSync, writeFileSync } from 'node:fs';

/** Resident memory of a process now, in megabytes. */
export function residentMegabytes(pid: number): number {
  return fieldOf(pid, 'VmRSS');
}

/** Resident memory of a process at its highest, in megabytes, since its start or since `forgetPeak`. */
export function peakMegabytes(pid: number): number {
  return fieldOf(pid, 'VmHWM');
}

/** Begins the highest mark of a process anew. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function fieldOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
}
