import type { JobRun, JobTimes } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import { rowOutputOf } from './blocks/rowOutput';

/** One line of the summary of a job: what it is, and its value as text. */
export type SummaryLine = readonly [label: string, value: string];

/** Seconds that a job spent in each phase, as far as it has come. */
export interface PhaseSeconds {
  readonly queued?: number;
  readonly preparing?: number;
  readonly scoring?: number;
  readonly finishing?: number;
  readonly total?: number;
}

/**
 * The times of a job as they are shown: none is before it was made, and none after its end, also where the clock was set
 * back meanwhile.
 */
export function shownTimes({ times }: JobRun): JobTimes {
  const { created, ending, ended, ...others } = times;
  const between = Object.fromEntries(
    Object.entries(others).map(([phase, time]: [string, string]) => [phase, later(created, time)]),
  );
  const last = [created, ...Object.values(between)].reduce(later);
  return { created, ...between, ...(ended === undefined ? {} : { ended: later(last, ended) }) };
}

/** How long each phase of a job took, by its times as they are shown. Scoring goes from the plan to the last outcome. */
export function phaseSeconds(times: JobTimes): PhaseSeconds {
  const between = (from: string | undefined, to: string | undefined): number | undefined =>
    from === undefined || to === undefined
      ? undefined
      : Math.max(0, Date.parse(to) - Date.parse(from)) / 1000;
  const begin = latest(times.planned, times.prepared);
  const phases = {
    queued: between(times.created, times.started),
    preparing: between(times.started, begin),
    scoring: between(begin, times.finishing),
    finishing: between(times.finishing, times.ended),
    total: between(times.created, times.ended),
  };
  return Object.fromEntries(Object.entries(phases).filter(([, seconds]) => seconds !== undefined));
}

/** Seconds until the last mini-batch is scored, if the rest goes like what is done. */
export function secondsLeft({ state, plan, progress, times }: JobRun, now: Date): number | undefined {
  const began = times.prepared ?? times.planned;
  if (state !== 'Running' || plan === undefined || began === undefined || progress.miniBatches === 0)
    return undefined;
  const elapsed = (now.getTime() - Date.parse(began)) / 1000;
  const scored = progress.miniBatches - (plan.takenOver?.miniBatches ?? 0);
  // All of it is scored, and the end of the job about to begin.
  if (scored === 0 || progress.miniBatches >= plan.miniBatches) return undefined;
  const rest = (plan.miniBatches - progress.miniBatches) / scored;
  return Math.round(Math.max(0, elapsed * rest) * 10) / 10;
}

/** The table that stands at the end of a job. */
export function summaryLines(spec: JobSpec, run: JobRun): SummaryLine[] {
  const { progress, plan } = run;
  const phases = phaseSeconds(shownTimes(run));
  const taken = plan?.takenOver;
  const scored = progress.files - (taken?.files ?? 0);
  const format = rowOutputOf(spec.settings)?.format;
  const perSecond =
    phases.scoring === undefined || phases.scoring === 0 ? undefined : scored / phases.scoring;
  const lines: (SummaryLine | undefined)[] = [
    ['Job', spec.name],
    ['Status', run.state],
    ['Endpoint', `${spec.endpoint} / ${spec.deployment}`],
    [
      'Mini-batches',
      `${progress.miniBatches} of ${plan?.miniBatches ?? 0}, ${progress.failedMiniBatches} failed`,
    ],
    ['Files', `${progress.files} of ${plan?.files ?? 0}, ${progress.failedFiles} failed`],
    progress.changedFiles === undefined
      ? undefined
      : ['Changed files', `${progress.changedFiles}, scored as they were then`],
    taken === undefined
      ? undefined
      : ['Taken over', `${taken.miniBatches} mini-batches, ${taken.files} files of ${spec.rerun?.job ?? ''}`],
    ['Rows', String(progress.rows)],
    ['Tries', String(progress.tries)],
    plan === undefined ? undefined : ['Parallel scorers', String(plan.lanes)],
    ...Object.entries(phases).map(
      ([phase, seconds]) => [`Seconds ${phase}`, Number(seconds).toFixed(2)] as const,
    ),
    perSecond === undefined ? undefined : ['Files per second', perSecond.toFixed(1)],
    run.result?.outputUri === undefined ? undefined : ['Output', run.result.outputUri],
    format === undefined ? undefined : ['Output format', format],
  ];
  return lines.filter((line) => line !== undefined);
}

/** The table as text with aligned columns. */
export function summaryText(lines: readonly SummaryLine[]): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('');
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return later(a, b);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
