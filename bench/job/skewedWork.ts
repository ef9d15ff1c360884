import { ProductHost } from '../product/productHost';
import type { Row } from '../report';
import { spread, timedJob } from './measure';

/** Seconds of a file; one in so many, by its name, takes so many times longer. */
const seconds = 0.005;
const oneIn = 50;
const longer = 40;

/** Each row says which process had a file, from when to when. It sleeps, so that more lanes than processors fit. */
const script = `
import os
import time
import zlib

def run(mini_batch):
    rows = []
    for path in mini_batch:
        start = time.time()
        slow = zlib.crc32(os.path.basename(path).encode()) % ${oneIn} == 0
        time.sleep(${seconds} * (${longer} if slow else 1))
        rows.append(f'{os.getpid()} {start:.6f} {time.time():.6f}')
    return rows
`;

/** How lanes spent a job, as fractions of the time from the first work of the job to its last, over all lanes. */
interface Idle {
  readonly atEnd: number;
  readonly between: number;
}

/**
 * Jobs whose files differ: how long lanes stand idle, because others are at work still, or between two files. Measured
 * by the script's own clock, from the rows.
 */
export async function skewedWork(host: ProductHost, files: number, rounds: number): Promise<Row[]> {
  const wide = new ProductHost({ BATCHPOINT_MAX_PARALLELISM: '8' });
  try {
    await wide.start();
    return [...(await idleOf(host, 2, files, rounds)), ...(await idleOf(wide, 8, files * 4, rounds))];
  } finally {
    await wide.close();
  }
}

async function idleOf(host: ProductHost, lanes: number, files: number, rounds: number): Promise<Row[]> {
  const name = `skewed-${lanes}`;
  await host.endpoint(name, script, { miniBatchSize: 1, resources: { instanceCount: lanes } });
  await timedJob(host, name, host.inputs(lanes * 50, `${name}-warm`));
  const input = host.inputs(files, name);
  const found: Idle[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { job, time } = await timedJob(host, name, input);
    found.push(idleIn(await host.file(job.name, 'named-outputs/score/predictions.csv'), lanes));
    times.push(time);
  }
  const total = spread(found.map(({ atEnd, between }) => atEnd + between));
  const [end, between] = [spread(found.map((one) => one.atEnd)), spread(found.map((one) => one.between))];
  return [
    {
      what: `idle time of ${lanes} lanes, one file in ${oneIn} takes ${longer} times longer`,
      goal: 'at most 3 %',
      least: percent(total.least),
      median: percent(total.median),
      beside: `${percent(end.median)} at the end, ${percent(between.median)} between files; ${(spread(times).median / 1000).toFixed(2)} s in all`,
    },
  ];
}

function idleIn(rows: string, lanes: number): Idle {
  const work = rows
    .trimEnd()
    .split('\n')
    .map((row) => row.split(' ').map(Number));
  const ends = new Map<number, number>();
  let [first, last, worked] = [Infinity, 0, 0];
  for (const [pid = 0, start = 0, end = 0] of work) {
    first = Math.min(first, start);
    last = Math.max(last, end);
    worked += end - start;
    ends.set(pid, Math.max(ends.get(pid) ?? 0, end));
  }
  if (ends.size !== lanes)
    throw new Error(`The job was scored in ${ends.size} processes, and not in ${lanes}.`);
  const whole = lanes * (last - first);
  const atEnd = [...ends.values()].reduce((sum, end) => sum + last - end, 0) / whole;
  return { atEnd, between: 1 - worked / whole - atEnd };
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
