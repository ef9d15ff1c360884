import type { Bench, BenchContext, Figure } from '../figure';
import { completed, onHost, spread } from '../job/measure';
import { ProductHost, type ShownJob } from '../product/productHost';
import { until } from '../product/until';
import { firstFile, WatchedFolder } from './watchedFolder';
import { ScoringNotes } from './scoringNotes';

/** Milliseconds that a file has to stay as it is, where a trigger does not say. */
const settling = 250;

/** Records that have to be on disk before anything is scored: the arrival, the job, and the claim. */
const records = 3;

/** Milliseconds of one landing. */
interface Landing {
  /** From the close of the file to the making of its job. */
  readonly made: number;
  /** From the close of the file to its score, by the script itself. */
  readonly scored: number;
}

/** The time from the close of a file in a watched folder until the script has scored it. */
export const landing: Bench = {
  name: 'landing',
  what: 'a file landing in a watched folder, to its first scored mini-batch',
  minutes: 2,
  measure: (context) => {
    context.say('Measuring: files that land one by one ...');
    return onHost(new ProductHost(), (host) => measure(context, host));
  },
};

async function measure({ rounds = 40, disk }: BenchContext, host: ProductHost): Promise<Figure[]> {
  const notes = new ScoringNotes(host, 'landing');
  await host.endpoint('landing', notes.script, { miniBatchSize: 1 });
  const watched = await WatchedFolder.make(host, 'landing', 'landing', { type: 'Each' });
  const files = [firstFile];
  const landings: Landing[] = [];
  for (let round = 0; round < rounds; round++) {
    // Landings come at other moments of whatever goes round by a timer.
    await new Promise((resolve) => setTimeout(resolve, (round * 370) % 1_000));
    const file = `file-${round}.txt`;
    files.push(file);
    landings.push(await oneLanding(host, watched, notes, file));
  }
  notes.checkOnce(files);
  const scored = landings.map((one) => one.scored);
  const made = landings.map((one) => one.made);
  const least = settling + records * disk.syncMilliseconds;
  const figure = (id: string, what: string, median: number, from: string, atMost?: number): Figure => ({
    id,
    what,
    unit: 'ms',
    ...(atMost === undefined ? {} : { atMost }),
    least: spread(scored).least,
    median,
    bound: {
      value: least,
      unit: 'ms',
      ratio: median / least,
      from: `${settling} ms in which the file stays as it is, and ${records} records on disk`,
    },
    from,
    raw: { scoredMilliseconds: scored, madeMilliseconds: made },
  });
  const untilMade = `${spread(made).median.toFixed(0)} ms to the record of its job; warm processes`;
  return [
    figure('landing', 'landing to first scored mini-batch, median', spread(scored).median, untilMade, 500),
    figure('landing-p95', 'landing to first scored mini-batch, p95', p95(scored), `${rounds} landings`),
  ];
}

async function oneLanding(
  host: ProductHost,
  watched: WatchedFolder,
  notes: ScoringNotes,
  file: string,
): Promise<Landing> {
  const before = (await watched.status()).lastJob;
  const landed = watched.land(file);
  const scored = await until(
    () => notes.all().find((note) => note.file === file)?.at,
    (at) => at !== undefined,
  );
  const { lastJob } = await until(
    () => watched.status(),
    (status) => status.lastJob !== before,
  );
  const job: ShownJob = await completed(host, lastJob ?? '');
  return {
    made: Date.parse(job.properties.times['created'] ?? '') - landed,
    scored: Number(scored) - landed,
  };
}

/** What 95 of 100 are not above. */
function p95(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
