import { pathToFileURL } from 'node:url';
import type { Bench, BenchContext, Figure } from '../figure';
import { onHost, spread } from '../job/measure';
import { noopScript } from '../job/scorers';
import { processorTime } from '../measuring/processorTime';
import { ProductHost, workspace, type ShownJob } from '../product/productHost';
import { until } from '../product/until';
import { makeComputeSmall } from './smallCompute';

const schedules = 1_000;

/** Schedules that are written at once. */
const writtenAtOnce = 8;

const minute = 60_000;

/** What was measured of the runs of one minute, in milliseconds. */
interface Measured {
  /** From the time that all are due until the record of the last job was made. */
  readonly made: number;
  /** From the time that all are due until the last job had ended. */
  readonly ended: number;
  /** Processor time of the host until all jobs had ended. */
  readonly processor: number;
}

/** Schedules that are due in the same minute: the time until each has its job, and that it has exactly one. */
export const schedulesDue: Bench = {
  name: 'schedules',
  what: `${schedules.toLocaleString('en')} schedules due in the same minute, until each has its job`,
  minutes: 4,
  measure: async (context) => {
    context.say(`Measuring: ${schedules.toLocaleString('en')} schedules due in the same minute ...`);
    const measured: Measured[] = [];
    for (let round = 0; round < (context.rounds ?? 1); round++)
      measured.push(await onHost(new ProductHost(), measure));
    return [figureOf(context, measured)];
  },
};

function figureOf({ disk }: BenchContext, measured: readonly Measured[]): Figure {
  const made = measured.map((one) => one.made);
  const ended = measured.map((one) => one.ended);
  const processor = measured.map((one) => one.processor);
  const least = schedules * disk.syncMilliseconds;
  return {
    id: 'schedules-due',
    what: `${schedules.toLocaleString('en')} schedules due at once: until all jobs are made`,
    unit: 's',
    ...spread(made),
    bound: {
      value: least,
      unit: 's',
      ratio: spread(made).median / least,
      from: 'the record of each job on disk',
    },
    from: `until all jobs had ended: ${(spread(ended).median / 1000).toFixed(1)} s, and ${(spread(processor).median / 1000).toFixed(1)} s of the host's processor time`,
    raw: { madeMilliseconds: made, endedMilliseconds: ended, hostProcessorMilliseconds: processor },
  };
}

async function measure(host: ProductHost): Promise<Measured> {
  await host.endpoint('due', noopScript, { miniBatchSize: 1 });
  await makeComputeSmall(host);
  const input = pathToFileURL(host.inputs(1, 'due')).href;
  const names = Array.from({ length: schedules }, (_, i) => `due-${String(i).padStart(4, '0')}`);
  // Far enough away: where all are not written by then, the next day would be meant.
  const due = new Date((Math.floor(Date.now() / minute) + 3) * minute);
  let next = 0;
  const write = async (): Promise<void> => {
    for (let name = names[next++]; name !== undefined; name = names[next++])
      await host.ask('PUT', `/schedules/${name}`, body(due, input));
  };
  await Promise.all(Array.from({ length: writtenAtOnce }, write));
  if (Date.now() >= due.getTime()) throw new Error('It took too long to write the schedules.');
  const processor = processorTime(host.pid);
  await new Promise((resolve) => setTimeout(resolve, due.getTime() - Date.now()));
  const jobs = await until(
    () => allJobs(host),
    (found) => found.filter(({ properties }) => properties.status === 'Completed').length >= schedules,
    2_000,
  );
  checkOnce(names, due, jobs);
  const lastOf = (time: string): number =>
    Math.max(...jobs.map(({ properties }) => Date.parse(properties.times[time] ?? ''))) - due.getTime();
  return {
    made: lastOf('created'),
    ended: lastOf('ended'),
    processor: processorTime(host.pid) - processor,
  };
}

function body(due: Date, uri: string): object {
  return {
    properties: {
      trigger: { triggerType: 'Cron', expression: `${due.getUTCMinutes()} ${due.getUTCHours()} * * *` },
      action: {
        actionType: 'InvokeBatchEndpoint',
        endpointInvocationDefinition: { endpointName: 'due', input: { jobInputType: 'UriFolder', uri } },
      },
    },
  };
}

/** All jobs of the workspace, page by page. */
async function allJobs(host: ProductHost): Promise<ShownJob[]> {
  const jobs: ShownJob[] = [];
  for (let path: string | undefined = '/jobs?$top=1000'; path !== undefined;) {
    const page = (await host.ask('GET', path)) as { value: ShownJob[]; nextLink?: string };
    jobs.push(...page.value);
    path = page.nextLink?.slice(`${host.url}${workspace}`.length);
  }
  return jobs;
}

/** Fails unless each schedule has its job of this time, and there are no others. */
function checkOnce(names: readonly string[], due: Date, jobs: readonly ShownJob[]): void {
  const time = `${due.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const wanted = new Set(names.map((name) => `${name}-${time}`));
  const others = jobs.filter(({ name }) => !wanted.delete(name));
  if (wanted.size + others.length > 0)
    throw new Error(`${wanted.size} schedules have no job, and ${others.length} jobs are others.`);
}
