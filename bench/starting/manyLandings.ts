import type { Bench, BenchContext, Figure } from '../figure';
import { onHost, spread } from '../job/measure';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../measuring/hostMemory';
import { processorTime } from '../measuring/processorTime';
import { ProductHost } from '../product/productHost';
import { until } from '../product/until';
import { ScoringNotes } from './scoringNotes';
import { firstFile, WatchedFolder } from './watchedFolder';

/** How files that land at once become jobs, and how many of them there are. */
const kinds = [
  {
    id: 'window',
    what: (files: string) => `${files} files landing at once, one window`,
    files: 10_000,
    batching: { type: 'Window', seconds: 60, files: 10_000 },
  },
  {
    id: 'each-1000',
    what: (files: string) => `${files} files landing at once, each a job`,
    files: 1_000,
    batching: { type: 'Each' },
  },
  {
    id: 'each',
    what: (files: string) => `${files} files landing at once, each a job`,
    files: 10_000,
    batching: { type: 'Each' },
  },
] as const;

type Kind = (typeof kinds)[number];

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
  what: '10,000 files landing at once: in one window, and each a job of its own',
  minutes: 5,
  measure: async (context) => {
    const figures: Figure[] = [];
    for (const kind of kinds) {
      context.say(`Measuring: ${kind.what(kind.files.toLocaleString('en'))} ...`);
      figures.push(...(await ofKind(context, kind)));
    }
    return figures;
  },
};

async function ofKind({ rounds = 1, disk }: BenchContext, kind: Kind): Promise<Figure[]> {
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push(await onHost(new ProductHost(), (host) => measure(host, kind)));
  const { files, id } = kind;
  const what = kind.what(files.toLocaleString('en'));
  const [times, peaks] = [measured.map(({ time }) => time), measured.map(({ peak }) => peak)];
  const [time, peak] = [spread(times), spread(peaks)];
  const rest = spread(measured.map((one) => one.rest)).least;
  // What is noted of a file, its job and its claim have to be on disk; those of files that come at once may share a write.
  const least = id === 'window' ? disk.syncMilliseconds : files * disk.syncMilliseconds;
  const processor = spread(measured.map((one) => one.processor)).median;
  return [
    {
      id: `many-landings-${id}`,
      what: `${what}: until all are scored`,
      unit: 's',
      ...time,
      bound: {
        value: least,
        unit: 's',
        ratio: time.median / least,
        from: id === 'window' ? 'one record on disk' : 'the outcome of each job on disk',
      },
      from: `${(time.median / files).toFixed(2)} ms a file; ${(processor / 1000).toFixed(1)} s of the host's processor time`,
      raw: {
        milliseconds: times,
        writingMilliseconds: measured.map(({ writing }) => writing),
        hostProcessorMilliseconds: measured.map((one) => one.processor),
      },
    },
    {
      id: `many-landings-${id}-memory`,
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

async function measure(host: ProductHost, { id, files, batching }: Kind): Promise<Measured> {
  const notes = new ScoringNotes(host, id);
  await host.endpoint(id, notes.script, { miniBatchSize: 10, resources: { instanceCount: 2 } });
  const first = batching.type === 'Window' ? { ...batching, seconds: 1 } : batching;
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
