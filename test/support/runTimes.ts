import { existsSync, readFileSync } from 'node:fs';

/** The environment variable that names the file which scripts note their times in. */
export const timesVariable = 'RUN_TIMES';

/**
 * A script that takes so many seconds for a mini-batch, and notes when it was at work, by the clock of the machine: what
 * came of bounds on how much runs at once is then seen from outside. Jobs go by the names of their input folders.
 */
export function timedScript(seconds: number): string {
  return `import os, time
def note(what, path):
    job = os.path.basename(os.path.dirname(path))
    line = f"{what} {time.time_ns() // 1000} {job} {os.getpid()}\\n"
    file = os.open(os.environ['${timesVariable}'], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, line.encode())
    os.close(file)
def run(mini_batch):
    note('begin', mini_batch[0])
    time.sleep(${seconds})
    note('end', mini_batch[0])
    return [open(path).read() for path in mini_batch]
`;
}

/** One call of `run()`; without an end where its process was killed. Times are in microseconds. */
export interface RunTime {
  readonly job: string;
  readonly pid: number;
  readonly begin: number;
  readonly end?: number;
}

/** The calls that were noted, in the order in which they began. */
export function runTimes(path: string): RunTime[] {
  if (!existsSync(path)) return [];
  const open = new Map<number, RunTime>();
  const all: RunTime[] = [];
  for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
    const [what = '', at = '', job = '', process = ''] = line.split(' ');
    const [time, pid] = [Number(at), Number(process)];
    const begun = open.get(pid);
    open.delete(pid);
    if (what === 'begin') open.set(pid, { job, pid, begin: time });
    // What has not ended when its process begins something else has never ended.
    if (begun !== undefined) all.push(what === 'end' ? { ...begun, end: time } : begun);
  }
  return [...all, ...open.values()].sort((a, b) => a.begin - b.begin);
}

/** The most calls that were at work at once. One that was killed counts for no time. */
export function mostAtOnce(times: readonly RunTime[]): number {
  const changes = times.flatMap(({ begin, end = begin }) => [
    { at: begin, by: 1 },
    { at: end, by: -1 },
  ]);
  // Of two at the same time the end comes first.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  return changes.reduce((most, { by }) => Math.max(most, (now += by)), 0);
}
