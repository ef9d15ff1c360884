import { isEnded } from '../domain/jobState';
import { failure } from '../errors/batchpointError';
import type { JobSettings, Rerun } from '../jobs/jobSpec';
import type { Job, JobStore } from '../jobs/jobStore';
import type { BatchJobResource } from '../schemas/rest/generated';
import { settingsOf } from './settingsOf';

type JobProperties = BatchJobResource['properties'];

/** The job that an invocation does again. */
export interface RerunJob {
  readonly job: Job;
  readonly rerun: Rerun;
}

/** Where a job is looked for. */
export interface RerunPlace {
  readonly endpoint: string;
  readonly deployment?: string | undefined;
}

/**
 * Finds the job that an invocation does again, and looks whether that can be. Fails with `ResourceNotFound` where it is
 * none of the endpoint or the deployment, `RerunTooEarly`, `RerunNotNeeded`, `RerunNothingFailed`, `RerunFixed`.
 */
export async function rerunOf(
  jobs: JobStore,
  { endpoint, deployment }: RerunPlace,
  properties: JobProperties,
): Promise<RerunJob | undefined> {
  const { rerun } = properties;
  if (rerun === undefined) return undefined;
  const { job: name, mode } = rerun;
  const job = await jobs.get(name);
  const { spec, run } = job;
  const isOther = (asked: string | undefined, actual: string): boolean =>
    asked !== undefined && asked.toLowerCase() !== actual.toLowerCase();
  if (isOther(endpoint, spec.endpoint) || isOther(deployment, spec.deployment)) {
    throw failure('ResourceNotFound', { kind: 'job', name, command: 'batchpoint job list' });
  }
  refuseFixed(mode, properties, spec.settings);
  if (mode !== 'all' && !isEnded(run.state)) throw failure('RerunTooEarly', { job: spec.name });
  if (mode === 'resume' && run.state === 'Completed') throw failure('RerunNotNeeded', { job: spec.name });
  if (mode === 'failedOnly' && run.progress.failedFiles === 0)
    throw failure('RerunNothingFailed', { job: spec.name });
  return { job, rerun: { job: spec.name, key: spec.key, mode } };
}

/** What follows from the job that is done again, and an invocation cannot say otherwise. */
function refuseFixed(mode: Rerun['mode'], properties: JobProperties, { miniBatch }: JobSettings): void {
  const always = ['dataset', 'inputData'] as const;
  const listed = [...always, 'inputFilter', 'unsupportedTypes'] as const;
  // Rows that are taken over are as they are.
  const resumed = [...listed, 'miniBatchSize', 'miniBatch', 'outputAction', 'outputOptions'] as const;
  const cut = miniBatch === undefined || miniBatch.by === 'files' ? [] : (['miniBatchSize'] as const);
  const fixed = {
    all: always,
    failedOnly: [...listed, 'miniBatch', ...cut] as const,
    resume: resumed,
  }[mode];
  const given = fixed.filter((name) => properties[name] !== undefined && properties[name] !== null);
  if (given.length > 0) throw failure('RerunFixed', { settings: given.join(', '), mode });
}

/** The settings of the job that is done again, with what the invocation says over them. */
export function rerunSettings({ spec }: Job, properties: JobProperties): JobSettings {
  const { maxTries, timeoutSeconds, environmentVariables, ...settings } = spec.settings;
  const retrySettings = { maxRetries: maxTries, timeout: `PT${timeoutSeconds}S` };
  return settingsOf({ settings: { ...settings, retrySettings }, environmentVariables }, properties);
}
