import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

/** How the bytes of memory of whole process groups are found, by the number of the process that leads each. */
export type GroupMemory = (
  leaders: ReadonlySet<number>,
  enough: (leader: number, bytes: number) => boolean,
) => Promise<ReadonlyMap<number, number>>;

/**
 * The memory that is resident for process groups. `enough` says where a sum is worth a closer look: pages that several
 * processes share, as after a fork, are counted once there, where the system can tell.
 */
export const groupMemory: GroupMemory = process.platform === 'linux' ? memoryByProc() : memoryByPs;

/** Reads Linux's `/proc`. Its files are made as they are read, from memory: that is quicker than to wait for them. */
export function memoryByProc(proc = '/proc'): GroupMemory {
  return (leaders, enough) => {
    const members = new Map<number, number[]>();
    for (const name of readdirSync(proc)) {
      const group = /^\d+$/.test(name) ? groupOf(`${proc}/${name}`) : undefined;
      if (group !== undefined && leaders.has(group))
        members.set(group, [...(members.get(group) ?? []), Number(name)]);
    }
    const sums = [...members].map(([leader, pids]): [number, number] => {
      const resident = sum(pids.map((pid) => field(`${proc}/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) ?? 0));
      if (pids.length === 1 || !enough(leader, resident)) return [leader, resident];
      const shares = pids.map((pid) => {
        // A process of another user tells nothing of its shares.
        const share = field(`${proc}/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m);
        return share ?? field(`${proc}/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) ?? 0;
      });
      return [leader, sum(shares)];
    });
    return Promise.resolve(new Map(sums));
  };
}

/** Asks `ps`, which every Unix has. It does not know what processes share. */
export async function memoryByPs(leaders: ReadonlySet<number>): Promise<ReadonlyMap<number, number>> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,rss=']);
  const sums = new Map<number, number>();
  for (const line of stdout.split('\n')) {
    const [group = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
    if (leaders.has(group)) sums.set(group, (sums.get(group) ?? 0) + kibibytes * 1024);
  }
  return sums;
}

function groupOf(folder: string): number | undefined {
  const text = read(`${folder}/stat`);
  if (text === undefined) return undefined;
  // The name in parentheses may hold anything; the group is the third field behind it.
  const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : Number(group);
}

/** The bytes of a field that is given in kibibytes. */
function field(path: string, pattern: RegExp): number | undefined {
  const [, kibibytes] = pattern.exec(read(path) ?? '') ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** The text of a file; `undefined` where its process has gone meanwhile, or belongs to somebody else. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
