import type { Bench, BenchContext, Figure } from '../figure';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../measuring/hostMemory';
import { timeBound } from '../measuring/lowerBound';
import { ProductHost } from '../product/productHost';
import { emptyFiles } from './emptyFiles';
import { growthFigure, type SizeTime } from './growth';
import { onHost, spread, timedJob } from './measure';
import { noopScript } from './scorers';

const processes = 2;

/** A job of one size: its figure, and what the figures over all sizes are made of. */
interface Measured extends SizeTime {
  readonly figure: Figure;
  /** Memory of the host at its highest, in megabytes. */
  readonly peak: number;
}

/** What the engine itself costs: jobs whose script does nothing, of 1,000 mini-batches and more. */
export const engineCost: Bench = {
  name: 'engine-cost',
  what: 'what the engine costs for a mini-batch, how its time grows, and its memory',
  minutes: 2,
  measure: (context) => onHost(new ProductHost(), (host) => measure(context, host)),
};

async function measure(context: BenchContext, host: ProductHost): Promise<Figure[]> {
  await host.endpoint('nothing', noopScript, { miniBatchSize: 1, resources: { instanceCount: processes } });
  await timedJob(host, 'nothing', emptyFiles(host, 10));
  const rest = residentMegabytes(host.pid);
  const measured: Measured[] = [];
  for (const size of [1_000, 10_000, 100_000, ...(context.million ? [1_000_000] : [])]) {
    context.say(`Measuring: the cost of the engine, ${size.toLocaleString('en')} mini-batches ...`);
    measured.push(await ofSize(context, host, size));
  }
  return [...measured.map(({ figure }) => figure), growth(measured), ...memory(measured, rest)];
}

async function ofSize(
  { rounds = 5, disk }: BenchContext,
  host: ProductHost,
  size: number,
): Promise<Measured> {
  const input = emptyFiles(host, size);
  const times: number[] = [];
  const scorers: number[] = [];
  let bytes = 0;
  forgetPeak(host.pid);
  for (let round = 0; round < (size >= 1_000_000 ? 1 : rounds); round++) {
    const { job, time, scorers: used } = await timedJob(host, 'nothing', input);
    times.push(time);
    scorers.push(used);
    bytes = job.properties.outputBytes ?? 0;
  }
  const peak = peakMegabytes(host.pid);
  const { least, median } = spread(times);
  const figure: Figure = {
    id: `engine-cost-${size}`,
    what: `engine cost of a mini-batch, of ${size.toLocaleString('en')}`,
    unit: 'ms',
    ...(size === 10_000 ? { atMost: 0.4 } : {}),
    least: least / size,
    median: median / size,
    bound: timeBound(median, { scorers: spread(scorers).median, processes, bytes }, disk, 'ms', size),
    from: `${(median / 1000).toFixed(2)} s in all; memory of the host ${peak} MB at its highest`,
    raw: { milliseconds: times, scorerMilliseconds: scorers, peakMegabytes: [peak] },
  };
  return { figure, size, time: median, peak };
}

function growth(measured: readonly Measured[]): Figure {
  const [first, last] = [measured[0]?.size ?? 0, measured.at(-1)?.size ?? 0];
  const what = `growth of time from ${first.toLocaleString('en')} to ${last.toLocaleString('en')} mini-batches`;
  return growthFigure({ id: `growth-to-${last}`, what, each: 'each is scored once' }, measured);
}

function memory(measured: readonly Measured[], rest: number): Figure[] {
  const large = measured.filter(({ size }) => size >= 100_000);
  return large.map(({ size, peak }) => ({
    id: `memory-${size}`,
    what: `memory of the host at its highest, ${size.toLocaleString('en')} files`,
    unit: 'MB',
    atMost: 300,
    least: peak,
    median: peak,
    bound: { value: rest, unit: 'MB', ratio: peak / rest, from: 'the host at rest' },
    from:
      size === large[0]?.size
        ? 'resident'
        : `${(peak / (large[0]?.peak ?? peak)).toFixed(2)} x that of 100,000`,
    raw: { megabytes: [peak] },
  }));
}
