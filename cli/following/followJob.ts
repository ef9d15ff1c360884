import { setTimeout as wait } from 'node:timers/promises';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { callerText } from '../../shared/jobs/jobStart';
import { isEnded, jobStates } from '../../shared/domain/jobState';
import type { AnsweredEvents, AnsweredJob } from '../client/resources';
import type { Context } from '../context';
import { tellEnd } from './jobEnd';
import { jobView, type JobView } from './jobView';
import { printedLines } from './printedLines';

/** Milliseconds between two looks at a job: short at first, longer when nothing is printed. */
const shortestPause = 150;
const longestPause = 1_000;

/** Follows a job to its end. Fails with `JobFailure` where that is not a good one, with `Interrupted` at Ctrl-C. */
export async function followJob(context: Context, name: string): Promise<void> {
  const view = jobView(context.terminal);
  try {
    const job = await follow(context, name, view);
    view.end();
    await tellEnd(context, job);
  } catch (error) {
    if (!isFailure(error, 'Interrupted')) throw error;
    const advice = ` The job '${name}' goes on: 'batchpoint job stream -n ${name}' follows it again, 'batchpoint job cancel -n ${name}' ends it.`;
    throw failure('Interrupted', { advice }, { cause: error });
  } finally {
    view.end();
  }
}

async function follow({ workspace, signal }: Context, name: string, view: JobView): Promise<AnsweredJob> {
  const path = `jobs/${encodeURIComponent(name)}`;
  const told = new Set<string>();
  let cursor = '';
  let pause = shortestPause;
  for (let look = 0; ; look++) {
    // The job first: what was printed before its end is then among the events that are asked for next.
    const job = await workspace.get<AnsweredJob>(path);
    if (look === 0) view.lines(heading(job));
    for (const warning of job.properties.warnings.filter((one) => !told.has(one))) {
      told.add(warning);
      view.warn(warning);
    }
    const events = await workspace.get<AnsweredEvents>(`${path}/events`, { cursor });
    const isQuiet = events.printed.length === 0 && events.cursor === cursor;
    view.lines(printedLines(events.printed));
    cursor = events.cursor;
    view.progress(job, events.installing);
    if (hasEnded(job) && isQuiet) return job;
    pause = isQuiet ? Math.min(longestPause, pause * 1.5) : shortestPause;
    if (!hasEnded(job)) await rest(pause, signal);
  }
}

function heading({ name, properties }: AnsweredJob): string[] {
  const { endpointName, deploymentName, interactionEndpoints, caller } = properties;
  return [
    `Job ${name} of endpoint ${endpointName}, deployment ${deploymentName}`,
    // Who started it by hand knows that.
    ...(caller.type === 'user' ? [] : [`Started by ${callerText(caller)}`]),
    ...(interactionEndpoints.Studio === undefined
      ? []
      : [`Page of the job: ${interactionEndpoints.Studio.endpoint}`]),
  ];
}

function hasEnded({ properties: { status } }: AnsweredJob): boolean {
  const state = Object.values(jobStates).find((one) => one === status);
  return state !== undefined && isEnded(state);
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    throw failure('Interrupted', { advice: '' }, { cause: error });
  }
}
