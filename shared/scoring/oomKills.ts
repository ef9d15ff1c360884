import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes that the kernel has ended so far for want of memory, where it tells: here, and on the machine. */
export interface OomKills {
  /** In the control group of this process, which its workers share: a container, most often. */
  readonly group?: number;
  readonly machine?: number;
}

/** Reads the counters of Linux; elsewhere there are none. `root` is the folder of its `/proc` and `/sys`. */
export function readOomKills(root = '/'): OomKills {
  const group = readGroup(root);
  const machine = counter(join(root, 'proc/vmstat'));
  return { ...(group === undefined ? {} : { group }), ...(machine === undefined ? {} : { machine }) };
}

/** Where memory ran out between two looks; `undefined` where it did not, or where that cannot be known. */
export function ranOut(before: OomKills, after: OomKills): string | undefined {
  if (before.group !== undefined && after.group !== undefined && after.group > before.group)
    return 'the container or control group of the host';
  if (before.machine !== undefined && after.machine !== undefined && after.machine > before.machine)
    return 'the machine';
  return undefined;
}

function readGroup(root: string): number | undefined {
  const lines = read(join(root, 'proc/self/cgroup')).split('\n');
  const path = (pattern: RegExp): string | undefined =>
    lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  const second = path(/^0::(\/.*)$/);
  const first = path(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/);
  // Within a container the path may be that of the machine outside: there, the group is the root of what is mounted.
  const places = [
    ...(second === undefined ? [] : [join('sys/fs/cgroup', second, 'memory.events')]),
    ...(first === undefined ? [] : [join('sys/fs/cgroup/memory', first, 'memory.oom_control')]),
    'sys/fs/cgroup/memory.events',
    'sys/fs/cgroup/memory/memory.oom_control',
  ];
  return places.map((place) => counter(join(root, place))).find((found) => found !== undefined);
}

function counter(path: string): number | undefined {
  const [, count] = /^oom_kill (\d+)$/m.exec(read(path)) ?? [];
  return count === undefined ? undefined : Number(count);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
