import type { Bench, BenchContext, Figure } from '../figure';
import { growthFigure, type SizeTime } from '../job/growth';
import { onHost, spread } from '../job/measure';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../measuring/hostMemory';
import { processorTime } from '../measuring/processorTime';
import { ProductHost } from '../product/productHost';
import { until } from '../product/until';
import { ScoringNotes } from './scoringNotes';
import { makeComputeSmall } from './smallCompute';
import { firstFile, WatchedFolder } from './watchedFolder';

/** How files that land at once become jobs, and how many of them there are. */
interface Kind {
  readonly id: string;
  readonly files: number;
  readonly how: string;
  readonly batching: { readonly type: string; readonly seconds?: number; readonly files?: number };
}

const window: Kind = {
  id: 'window-10000',
  files: 10_000,
  how: 'one window',
  batching: { type: 'Window', seconds: 600, files: 10_000 },
};

const each = (files: number): Kind => ({
  id: `each-${files}`,
  files,
  how: 'each a job',
  batching: { type: 'Each' },
});

/** What a kind took. */
interface Measured {
  /** Milliseconds from the close of the last file until the last one was scored. */
  readonly time: number;
  /** Milliseconds in which the files were written. */
  readonly writing: number;
  /** Milliseconds of processor time of the host. */
  readonly processor: number;
  /** Memory of the host at its highest, and before the files landed, in megabytes. */
  readonly peak: number;
  readonly rest: number;
}

/** Files that land all at once: that each is scored once, how long that takes, and the memory of the host. */
export const manyLandings: Bench = {
  name: 'many-landings',
  what: '10,000 files landing at once in one window, and 1,000 each a job; with --million 10,000',
  minutes: 3,
  measure: async (context) => {
    const figures: Figure[] = [];
    const sizes: SizeTime[] = [];
    for (const kind of [window, each(250), each(1_000), ...(context.million ? [each(10_000)] : [])]) {
      const what = `${kind.files.toLocaleString('en')} files landing at once, ${kind.how}`;
      context.say(`Measuring: ${what} ...`);
      const measured = await ofKind(context, kind);
      figures.push(...figuresOf(context, kind, what, measured));
      if (kind !== window)
        sizes.push({ size: kind.files, time: spread(measured.map(({ time }) => time)).median });
    }
    return [...figures, growth(sizes)];
  },
};

async function ofKind({ rounds = 1 }: BenchContext, kind: Kind): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push(await onHost(new ProductHost(), (host) => measure(host, kind)));
  return measured;
}

function figuresOf(
  { disk }: BenchContext,
  kind: Kind,
  what: string,
  measured: readonly Measured[],
): Figure[] {
  const { files, id } = kind;
  const [times, peaks] = [measured.map(({ time }) => time), measured.map(({ peak }) => peak)];
  const [time, peak] = [spread(times), spread(peaks)];
  const rest = spread(measured.map((one) => one.rest)).least;
  const processor = spread(measured.map((one) => one.processor)).median;
  const jobs = kind === window ? 1 : files;
  // The predictions file of each job is on disk by itself; all else may share a write with others.
  const least = jobs * disk.syncMilliseconds;
  return [
    {
      id: `landings-${id}`,
      what: `${what}: until all are scored`,
      unit: 's',
      ...time,
      bound: { value: least, unit: 's', ratio: time.median / least, from: 'the output of each job on disk' },
      from: `${(time.median / files).toFixed(2)} ms a file; ${(processor / 1000).toFixed(1)} s of the host's processor time`,
      raw: {
        milliseconds: times,
        writingMilliseconds: measured.map(({ writing }) => writing),
        hostProcessorMilliseconds: measured.map((one) => one.processor),
      },
    },
    {
      id: `landings-${id}-memory`,
      what: `${what}: memory of the host at its highest`,
      unit: 'MB',
      atMost: 300,
      ...peak,
      bound: { value: rest, unit: 'MB', ratio: peak.median / rest, from: 'the host at rest' },
      from: 'resident',
      raw: { megabytes: peaks },
    },
  ];
}

/** How the time grows with the files, where each is a job. */
function growth(sizes: readonly SizeTime[]): Figure {
  const id = `landings-growth-to-${sizes.at(-1)?.size ?? 0}`;
  const what = 'growth of time with the files that land at once, each a job';
  return growthFigure({ id, what, each: 'each file is a job' }, sizes);
}

async function measure(host: ProductHost, kind: Kind): Promise<Measured> {
  const { id, files, batching } = kind;
  const notes = new ScoringNotes(host, id);
  await host.endpoint(id, notes.script, { miniBatchSize: 10, resources: { instanceCount: 2 } });
  await makeComputeSmall(host);
  const first = kind === window ? { ...batching, seconds: 1 } : batching;
  const watched = await WatchedFolder.make(host, 'landing', id, first);
  await until(
    () => notes.all().length,
    (scored) => scored === 1,
  );
  if (first !== batching) await watched.change({ batching });
  const rest = residentMegabytes(host.pid);
  forgetPeak(host.pid);
  const processor = processorTime(host.pid);
  const names = Array.from({ length: files }, (_, i) => `file-${String(i).padStart(6, '0')}.txt`);
  const began = performance.timeOrigin + performance.now();
  const landed = Math.max(...names.map((name) => watched.land(name)));
  await until(
    () => notes.all().length,
    (scored) => scored > files,
    500,
  );
  const last = Math.max(...notes.all().map(({ at }) => at));
  await watched.taken(files + 1);
  notes.checkOnce([firstFile, ...names]);
  return {
    time: last - landed,
    writing: landed - began,
    processor: processorTime(host.pid) - processor,
    peak: peakMegabytes(host.pid),
    rest,
  };
}
