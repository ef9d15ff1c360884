import type { Bench, Figure } from '../figure';
import { ProductHost } from '../product/productHost';
import { onHost, spread, timedJob } from './measure';

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

/** How lanes spent a job, in percent of the time from the first work of the job to its last, over all lanes. */
interface Idle {
  readonly atEnd: number;
  readonly between: number;
}

/** Files of a lane: far more than one slow file weighs. */
const filesOfLane = 2_000;

/**
 * Jobs whose files differ: how long lanes stand idle, because others are at work still, or between two files. Measured
 * by the script's own clock, from the rows.
 */
export const skewedWork: Bench = {
  name: 'skewed-work',
  what: `idle time of lanes where one file in ${oneIn} takes ${longer} times longer: 2 lanes, and 8 that sleep`,
  minutes: 2,
  measure: async (context) => {
    const figures: Figure[] = [];
    for (const lanes of [2, 8]) {
      context.say(`Measuring: idle time of ${lanes} lanes ...`);
      const host = new ProductHost({ BATCHPOINT_MAX_PARALLELISM: String(lanes) });
      figures.push(await onHost(host, () => idleOf(host, lanes, context.rounds ?? 3)));
    }
    return figures;
  },
};

async function idleOf(host: ProductHost, lanes: number, rounds: number): Promise<Figure> {
  const name = `skewed-${lanes}`;
  await host.endpoint(name, script, { miniBatchSize: 1, resources: { instanceCount: lanes } });
  await timedJob(host, name, host.inputs(lanes * oneIn, `${name}-warm`));
  const input = host.inputs(lanes * filesOfLane, name);
  const found: Idle[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { job, time } = await timedJob(host, name, input);
    found.push(idleIn(await host.file(job.name, 'named-outputs/score/predictions.csv'), lanes));
    times.push(time);
  }
  const [atEnd, between] = [found.map((one) => one.atEnd), found.map((one) => one.between)];
  return {
    id: `idle-${lanes}-lanes`,
    what: `idle time of ${lanes} lanes, one file in ${oneIn} takes ${longer} times longer`,
    unit: '%',
    ...spread(found.map((one) => one.atEnd + one.between)),
    atMost: 3,
    from: `${spread(atEnd).median.toFixed(1)} % at the end, ${spread(between).median.toFixed(1)} % between files, of ${(spread(times).median / 1000).toFixed(1)} s`,
    raw: { percentAtEnd: atEnd, percentBetween: between, milliseconds: times },
  };
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
  const whole = (lanes * (last - first)) / 100;
  const atEnd = [...ends.values()].reduce((sum, end) => sum + last - end, 0) / whole;
  return { atEnd, between: 100 - worked / whole - atEnd };
}
