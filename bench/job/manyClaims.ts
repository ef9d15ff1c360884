import type { Bench, BenchContext, Figure } from '../figure';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../measuring/hostMemory';
import { timeBound } from '../measuring/lowerBound';
import { ProductHost } from '../product/productHost';
import { emptyFiles } from './emptyFiles';
import { onHost, spread, timedJob } from './measure';
import { noopScript } from './scorers';

const processes = 2;
const size = 10_000;

/**
 * A job of which each claim is about one mini-batch, as it is where run() takes seconds: as many records, parts and
 * activities as a job can have.
 */
export const manyClaims: Bench = {
  name: 'many-claims',
  what: `a job of ${size.toLocaleString('en')} claims of one mini-batch each: its time, and the memory of the host`,
  minutes: 3,
  measure: (context) => {
    context.say(`Measuring: ${size.toLocaleString('en')} claims ...`);
    return onHost(new ProductHost({ BATCHPOINT_CLAIM_SECONDS: '0.000001' }), (host) =>
      measure(context, host),
    );
  },
};

async function measure({ rounds = 1, disk }: BenchContext, host: ProductHost): Promise<Figure[]> {
  await host.endpoint('claims', noopScript, { miniBatchSize: 1, resources: { instanceCount: processes } });
  await timedJob(host, 'claims', emptyFiles(host, 10));
  const rest = residentMegabytes(host.pid);
  const input = emptyFiles(host, size);
  const [times, scorers, peaks]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    forgetPeak(host.pid);
    const { time, scorers: used } = await timedJob(host, 'claims', input);
    times.push(time);
    scorers.push(used);
    peaks.push(peakMegabytes(host.pid));
  }
  const [time, peak] = [spread(times), spread(peaks)];
  const least = timeBound(time.median, { scorers: spread(scorers).median, processes }, disk, 'ms', size);
  // Each claim is written, and each outcome; the rows of each are a file of their own. Lanes may share a write.
  const synced = (3 * size * disk.syncMilliseconds) / processes;
  const bound =
    synced > least.value * size
      ? {
          value: synced / size,
          unit: 'ms' as const,
          ratio: time.median / synced,
          from: `3 small writes on disk for each claim, ${processes} lanes at once`,
        }
      : least;
  return [
    {
      id: 'many-claims-cost',
      what: `cost of a claim, of ${size.toLocaleString('en')}`,
      unit: 'ms',
      least: time.least / size,
      median: time.median / size,
      bound,
      from: `${(time.median / 1000).toFixed(1)} s in all`,
      raw: { milliseconds: times, scorerMilliseconds: scorers },
    },
    {
      id: 'many-claims-memory',
      what: `memory of the host at its highest, ${size.toLocaleString('en')} claims`,
      unit: 'MB',
      atMost: 300,
      ...peak,
      bound: { value: rest, unit: 'MB', ratio: peak.median / rest, from: 'the host at rest' },
      from: 'resident',
      raw: { megabytes: peaks },
    },
  ];
}
