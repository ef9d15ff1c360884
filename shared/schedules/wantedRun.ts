import { createHash } from 'node:crypto';
import { lineageAfter, lineageName } from '../jobs/jobStart';
import type { Stored } from '../registry/namedResources';
import type { StartContext, WantedJob } from '../starting/startOnce';
import { newestOutput } from './newestOutput';
import { expandPlaces } from './places';
import type { Schedule, ScheduledInput } from './schedule';

/** What a run is for: a time that is due, or a request to run once. */
export type RunReason =
  | { readonly type: 'due'; readonly time: Date }
  | { readonly type: 'once'; readonly time: Date; readonly requestId?: string };

/** Characters of the id of a request that stand in that of a run. */
const longestId = 190;

/** The name of the job of a run: whoever wants the run again finds it. */
export function runName({ name }: Stored<Schedule>, reason: RunReason): string {
  if (reason.type === 'due') return `${name}-${compact(reason.time).replace(/\d{3}Z$/, 'Z')}`;
  const { requestId, time } = reason;
  if (requestId === undefined) return `${name}-once-${compact(time)}`;
  return `${name}-once-${createHash('sha256').update(requestId).digest('hex').slice(0, 20)}`;
}

/**
 * The job of a run. Fails with `NewestOutputMissing` where it is to score what is not there yet.
 *
 * Two schedules may score each other's newest outputs: that is no loop, as each run starts one job when its own clock
 * says so, and no job starts another run.
 */
export async function wantedRun(
  context: Pick<StartContext, 'index' | 'jobs'>,
  schedule: Stored<Schedule>,
  reason: RunReason,
): Promise<WantedJob> {
  const { endpoint, deployment, overrides, output, when } = schedule.value;
  const { input, lineage } = await inputOf(context, schedule, reason.time);
  const uri = output === undefined ? undefined : expandPlaces(output, reason.time, when.timeZone);
  return {
    name: runName(schedule, reason),
    endpoint,
    ...(deployment === undefined ? {} : { deployment }),
    body: {
      properties: {
        ...overrides,
        inputData: { input },
        ...(uri === undefined ? {} : { outputData: { score: { jobOutputType: 'UriFile', uri } } }),
      },
    },
    startedBy: { type: 'schedule', name: schedule.name, id: idOf(reason), lineage },
    notifications: schedule.value.notifications,
  };
}

async function inputOf(
  context: Pick<StartContext, 'index' | 'jobs'>,
  { name, value }: Stored<Schedule>,
  time: Date,
): Promise<{ input: { jobInputType: 'UriFile' | 'UriFolder'; uri: string }; lineage: readonly string[] }> {
  const given: ScheduledInput = value.input;
  if (given.type === 'path') {
    const uri = expandPlaces(given.path, time, value.when.timeZone);
    return { input: { jobInputType: given.isFile ? 'UriFile' : 'UriFolder', uri }, lineage: [] };
  }
  const { job, uri } = await newestOutput(context, given);
  const led = job.startedBy === undefined ? [] : lineageAfter(job.startedBy);
  const lineage = led.filter((one) => one !== lineageName('schedule', name));
  return { input: { jobInputType: 'UriFile', uri }, lineage };
}

function idOf(reason: RunReason): string {
  if (reason.type === 'due') return reason.time.toISOString();
  return `once ${(reason.requestId ?? reason.time.toISOString()).slice(0, longestId)}`;
}

/** `20270131T020000000Z`. */
function compact(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '');
}
