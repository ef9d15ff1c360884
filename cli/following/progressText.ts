import type { AnsweredJob } from '../client/resources';
import { queueText } from '../../shared/places/queueText';
import { duration } from '../output/durations';
import { bar } from '../output/progressBar';

/** The share of a job's mini-batches that is done, from 0 to 1. */
export function shareDone({ properties }: AnsweredJob): number {
  const { miniBatches, miniBatchesDone } = properties.progress;
  return miniBatches === 0 ? 0 : miniBatchesDone / miniBatches;
}

/** How far a job is, in one line: percent, mini-batches, files a second, time left. */
export function progressText(job: AnsweredJob, now: Date): string {
  const { progress } = job.properties;
  const rate = filesPerSecond(job, now);
  return [
    `${Math.floor(shareDone(job) * 100)} %`,
    `${progress.miniBatchesDone} of ${progress.miniBatches} mini-batches`,
    ...(progress.filesFailed === 0 ? [] : [`${progress.filesFailed} files failed`]),
    ...(rate === undefined ? [] : [`${rate.toFixed(1)} files/s`]),
    ...(progress.secondsLeft === undefined ? [] : [`${duration(progress.secondsLeft)} left`]),
  ].join(', ');
}

/** Columns of the bar, where there is room, and below which there is none. */
const widestBar = 24;
const narrowestBar = 6;

/**
 * The line of so many columns that a terminal draws again and again while a job runs. `installing` is what an
 * installer said last.
 */
export function barText(job: AnsweredJob, installing: string | null, now: Date, width: number): string {
  const { status, progress, queue } = job.properties;
  if (installing !== null && progress.miniBatchesDone === 0)
    return `Installing the environment: ${installing}`;
  if (queue !== undefined) return queueText(queue);
  if (progress.miniBatches === 0) return `${status} ...`;
  const word = status === 'Running' ? '' : ` ${status}`;
  const text = `${word} ${progressText(job, now)}`;
  const room = Math.min(widestBar, width - text.length - 3);
  return room < narrowestBar ? text.trimStart() : `${bar(shareDone(job), room)}${text}`;
}

/** Files a second since scoring began; `undefined` before that. */
function filesPerSecond({ properties }: AnsweredJob, now: Date): number | undefined {
  const { startTime, phases, progress } = properties;
  if (phases.preparing === undefined || progress.filesDone === 0) return undefined;
  const before = (phases.queued ?? 0) + phases.preparing;
  const seconds = phases.scoring ?? (now.getTime() - Date.parse(startTime)) / 1000 - before;
  return seconds <= 0 ? undefined : progress.filesDone / seconds;
}
