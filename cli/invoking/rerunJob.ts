import { randomUUID } from 'node:crypto';
import type { AnsweredJob } from '../client/resources';
import { json } from '../client/workspace';
import type { Context } from '../context';
import { optionOverlay, setOverlays } from '../files/overlays';
import { deploymentPath } from '../registering/endpoints';
import { shownJob } from '../shown/job';
import { outputDatasetOf, type OutputOptions } from './outputOption';

/** What a job is done again with. */
interface RerunOptions extends OutputOptions {
  readonly name: string;
  readonly mode: 'all' | 'failedOnly' | 'resume';
  readonly set: readonly string[] | undefined;
  readonly errorThreshold: number | undefined;
  readonly instanceCount: number | undefined;
  readonly jobName: string | undefined;
}

/** Starts a job that does another one again, and answers it. The request carries an id, as that of an invocation. */
export async function rerunJob(context: Context, options: RerunOptions): Promise<object> {
  const { name, mode, jobName } = options;
  const { currentFolder, workspace } = context;
  const job = await workspace.get<AnsweredJob>(`jobs/${encodeURIComponent(name)}`);
  const { endpointName, deploymentName } = job.properties;
  const properties = {
    ...(await settingsOf(context, options)),
    outputDataset: outputDatasetOf(options, currentFolder),
    ...(jobName === undefined ? {} : { name: jobName }),
    rerun: { job: job.name, mode },
  };
  const answer = await workspace.post(`${deploymentPath(endpointName, deploymentName)}/jobs`, {
    audience: 'data',
    body: { properties },
    headers: { 'Repeatability-Request-ID': randomUUID() },
  });
  return shownJob(json<AnsweredJob>(answer));
}

/** What goes over the settings of the other job. */
async function settingsOf(
  { currentFolder, terminal }: Context,
  { set, errorThreshold, instanceCount }: RerunOptions,
): Promise<object> {
  const overlays = [
    ...setOverlays(set),
    ...optionOverlay('error_threshold', errorThreshold, '--error-threshold'),
    ...optionOverlay('instance_count', instanceCount, '--instance-count'),
  ];
  if (overlays.length === 0) return {};
  const { readInvocation } = await import('./invocationFile.js');
  const { input, output, rest } = await readInvocation({ currentFolder, overlays }, terminal);
  return { ...rest, ...input, ...(output === undefined ? {} : { outputData: output }) };
}
