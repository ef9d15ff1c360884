import { randomUUID } from 'node:crypto';
import type { AnsweredJob } from '../client/resources';
import { json } from '../client/workspace';
import { usageInvalid } from '../commands/usageInvalid';
import type { Context } from '../context';
import {
  assignmentOverlays,
  mismatchOverlay,
  optionOverlay,
  setOverlays,
  type Overlay,
} from '../files/overlays';
import { deploymentPath, endpointPath } from '../registering/endpoints';
import { shownJob } from '../shown/job';
import { inputAtHost } from './inputAtHost';
import { inputOf, type InputOptions } from './inputOption';
import type { InvocationParts } from './invocationFile';
import { outputDatasetOf, type OutputOptions } from './outputOption';

/** What an invocation is given on the command line. */
interface InvokeOptions extends InputOptions, OutputOptions {
  readonly name: string;
  readonly deployment: string | undefined;
  readonly file?: string | undefined;
  readonly inputs?: readonly string[] | undefined;
  readonly outputs?: readonly string[] | undefined;
  readonly miniBatchSize: number | undefined;
  readonly instanceCount: number | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly set: readonly string[] | undefined;
  /** Whether the environment may be made with another Python than it asks for. */
  readonly anyPython: boolean;
  readonly jobName: string | undefined;
  readonly experimentName: string | undefined;
}

/** Starts a job and answers it. The request carries an id: sent again, it finds the job that it has started. */
export async function invokeEndpoint(context: Context, options: InvokeOptions): Promise<object> {
  const { name, deployment, jobName, experimentName } = options;
  const { currentFolder, workspace } = context;
  const { input, output, rest } = await readParts(options, context);
  const outputDataset = outputDatasetOf(options, currentFolder);
  if (output !== undefined && outputDataset !== undefined) {
    throw usageInvalid('There is one output, and --output-path and outputs each name one', options.command);
  }
  const properties = {
    ...rest,
    ...(await inputAtHost(context, input ?? inputOf(options, currentFolder))),
    ...(output === undefined ? { outputDataset } : { outputData: output }),
    ...(jobName === undefined ? {} : { name: jobName }),
    ...(experimentName === undefined ? {} : { experimentName }),
  };
  const owner = deployment === undefined ? endpointPath(name) : deploymentPath(name, deployment);
  const answer = await workspace.post(`${owner}/jobs`, {
    audience: 'data',
    body: { properties },
    headers: { 'Repeatability-Request-ID': randomUUID() },
  });
  return shownJob(json<AnsweredJob>(answer));
}

/** What stands in the file and in the values that go over it; most invocations have neither. */
async function readParts(
  options: InvokeOptions,
  { currentFolder, terminal }: Context,
): Promise<InvocationParts> {
  const { file } = options;
  const overlays: Overlay[] = [
    ...setOverlays(options.set),
    ...assignmentOverlays('--inputs', 'inputs', options.inputs),
    ...assignmentOverlays('--outputs', 'outputs', options.outputs),
    ...optionOverlay('mini_batch_size', options.miniBatchSize, '--mini-batch-size'),
    ...optionOverlay('instance_count', options.instanceCount, '--instance-count'),
    ...mismatchOverlay(options.anyPython, 'allow_python_mismatch'),
    ...optionOverlay('include', options.include, '--include'),
    ...optionOverlay('exclude', options.exclude, '--exclude'),
  ];
  if (file === undefined && overlays.length === 0) return { input: undefined, output: undefined, rest: {} };
  const { readInvocation } = await import('./invocationFile.js');
  const parts = await readInvocation({ file, currentFolder, overlays }, terminal);
  // A second input is refused wherever it comes from.
  const others = file !== undefined ? '--file' : options.inputs !== undefined ? '--inputs' : '--set';
  if (parts.input !== undefined) inputOf(options, currentFolder, others);
  return parts;
}
