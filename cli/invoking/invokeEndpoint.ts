import { randomUUID } from 'node:crypto';
import type { AnsweredJob } from '../client/resources';
import { json } from '../client/workspace';
import type { Context } from '../context';
import { optionOverlay, setOverlays, type Overlay } from '../files/overlays';
import { deploymentPath, endpointPath } from '../registering/endpoints';
import { shownJob } from '../shown/job';
import { datasetOf, type InputOptions } from './inputOption';
import { outputDatasetOf, type OutputOptions } from './outputOption';

/** What an invocation is given on the command line. */
interface InvokeOptions extends InputOptions, OutputOptions {
  readonly name: string;
  readonly deployment: string | undefined;
  readonly miniBatchSize: number | undefined;
  readonly instanceCount: number | undefined;
  readonly set: readonly string[] | undefined;
  readonly jobName: string | undefined;
  readonly experimentName: string | undefined;
}

/** Starts a job and answers it. The request carries an id: sent again, it finds the job that it has started. */
export async function invokeEndpoint(context: Context, options: InvokeOptions): Promise<object> {
  const { name, deployment, jobName, experimentName } = options;
  const { currentFolder, workspace } = context;
  const properties = {
    name: jobName,
    experimentName,
    dataset: datasetOf(options, currentFolder),
    outputDataset: outputDatasetOf(options, currentFolder),
    ...(await settingsOf(options, currentFolder)),
  };
  const owner = deployment === undefined ? endpointPath(name) : deploymentPath(name, deployment);
  const answer = await workspace.post(`${owner}/jobs`, {
    audience: 'data',
    body: { properties },
    headers: { 'Repeatability-Request-ID': randomUUID() },
  });
  return shownJob(json<AnsweredJob>(answer));
}

async function settingsOf(options: InvokeOptions, currentFolder: string): Promise<object> {
  const overlays: Overlay[] = [
    ...setOverlays(options.set),
    ...optionOverlay('mini_batch_size', options.miniBatchSize, '--mini-batch-size'),
    ...optionOverlay('instance_count', options.instanceCount, '--instance-count'),
  ];
  if (overlays.length === 0) return {};
  const [{ readDefinition }, { settingsBody }] = await Promise.all([
    import('../files/definition.js'),
    import('../files/bodies.js'),
  ]);
  const { value } = readDefinition('invocation', { currentFolder, overlays });
  const { instance_count: instanceCount, ...settings } = value;
  return {
    ...settingsBody(settings),
    ...(instanceCount === undefined ? {} : { compute: { instanceCount } }),
  };
}
