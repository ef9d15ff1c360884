import { execFileSync } from 'node:child_process';

/** The processes that a host has started and that still run, in the order of their numbers. */
export function workersOf(host: number): number[] {
  try {
    const listed = execFileSync('pgrep', ['-P', String(host)], { encoding: 'utf8' });
    return listed
      .trim()
      .split('\n')
      .map(Number)
      .sort((a, b) => a - b);
  } catch {
    // There is none.
    return [];
  }
}
