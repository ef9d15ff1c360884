import { failure } from '../errors/batchpointError';
import { FileFilter } from '../inputs/fileFilter';
import type { Inputs } from '../inputs/inputs';
import { withoutQuery } from '../inputs/urlRules';
import type { JobIndex } from '../jobs/jobIndex';
import { jobKey } from '../jobs/jobKeys';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStart } from '../jobs/jobStart';
import type { Job, JobStore } from '../jobs/jobStore';
import { checkedNotifications } from '../notifications/checkedNotifications';
import { eachTargetOnce } from '../notifications/eachTargetOnce';
import type { Notification } from '../notifications/notification';
import { notificationsShown } from '../notifications/shownNotifications';
import type { Places } from '../places/places';
import type { Destinations } from '../outputs/destinations';
import type { Deployment } from '../registry/deployments';
import { fileNameWarning } from '../outputs/outputFileName';
import { checkName } from '../registry/nameRules';
import { needVersions } from '../registry/neededVersions';
import type { Stored } from '../registry/namedResources';
import type { Registry } from '../registry/registry';
import { runtimeOf } from '../registry/scriptLanguage';
import { labelsOf } from '../registry/registryContext';
import type { BatchJobResource } from '../schemas/rest/generated';
import { limitsOf } from '../scoring/scorerLimits';
import { inputOf } from './inputOf';
import { outputOf } from './outputOf';
import { rerunOf, rerunSettings, type RerunJob } from './rerunOf';
import { nameOf, requestOf, sameOrRefuse } from './repeatedRequest';
import { settingsOf } from './settingsOf';

/** What an invocation works with. */
interface InvokeContext {
  readonly registry: Registry;
  readonly inputs: Inputs;
  readonly destinations: Destinations;
  readonly jobs: JobStore;
  readonly index: JobIndex;
  readonly places: Pick<Places, 'enter'>;
  readonly localFiles: boolean;
  /** Seconds that one activity may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
  readonly now: () => Date;
  readonly newId: () => string;
}

type JobProperties = BatchJobResource['properties'];
type Labels = ReturnType<typeof labelsOf>;

/** One call to start a job. */
export interface Invocation {
  readonly endpoint: string;
  /** Another deployment than the default. */
  readonly deployment?: string;
  readonly body: BatchJobResource;
  readonly caller: string;
  readonly callerId?: string;
  /** The same id never starts a second job. */
  readonly requestId?: string;
  /** An input that no body can name, with the URI that it is shown as; the body has none then. */
  readonly input?: Pick<JobSpec, 'input' | 'inputUri'>;
  /** The trigger or schedule that asks for the job. */
  readonly startedBy?: JobStart;
  /** Those whom the trigger or schedule wants to be told of the end of the job. */
  readonly notifications?: readonly Notification[];
}

/**
 * Makes a job from an invocation: resolves endpoint, deployment, input and output, checks what can be checked now,
 * and writes the job's record. Says whether the job is new: the same request again finds the one it made. The job
 * is not started yet.
 */
export async function invoke(
  context: InvokeContext,
  invocation: Invocation,
): Promise<{ job: Job; created: boolean }> {
  const { body } = invocation;
  const request = requestOf(invocation);
  const name = body.properties.name ?? body.name ?? nameOf(context, invocation);
  checkName('job', name);
  const present = await context.jobs.find(name);
  if (present !== undefined) return { job: sameOrRefuse(present, invocation), created: false };
  const { spec, notifications } = await specOf(context, invocation, name, request);
  await context.index.activate(spec);
  await refuseDeleted(context, spec);
  const created = await context.jobs.create(spec, notifications);
  const job = await context.jobs.get(name);
  if (!created) return { job: sameOrRefuse(job, invocation), created: false };
  await Promise.all([context.index.list(spec), context.places.enter(spec)]);
  return { job, created: true };
}

async function specOf(
  context: InvokeContext,
  invocation: Invocation,
  name: string,
  request: JobSpec['request'],
): Promise<{ spec: JobSpec; notifications: readonly Notification[] }> {
  const { endpoint, deployment, body, caller, callerId, startedBy, input: listed } = invocation;
  const { properties } = body;
  const again = await rerunOf(context.jobs, { endpoint, deployment }, properties);
  const named = again?.job.spec.deployment ?? deployment;
  const found = await findDeployment(context.registry, endpoint, named);
  const settings =
    again === undefined
      ? settingsOf(found.deployment.value, properties)
      : rerunSettings(again.job, properties);
  limitsOf(settings);
  refuseLongRuns(settings.timeoutSeconds, context.activitySeconds);
  const { localFiles } = context;
  const notifications = eachTargetOnce(
    checkedNotifications(properties.notifications, { localFiles }),
    invocation.notifications,
    found.deployment.value.notifications,
  );
  const output = outputOf(properties, { job: name, fileName: settings.outputFileName, localFiles });
  const compute = await context.registry.computes.get(found.deployment.value.compute);
  const input =
    listed ?? (again === undefined ? await givenInput(context, properties) : inputAgain(again, properties));
  await context.destinations.check(output);
  // A job that is done again is scored with what it was scored with.
  const parts = again?.job.spec ?? found.deployment.value;
  if (again !== undefined) await needVersions(context.registry, parts);
  const { model, code, environment } = parts;
  const spec: JobSpec = {
    ...(again === undefined ? {} : { rerun: again.rerun }),
    name,
    key: jobKey(name),
    createdAt: context.now().toISOString(),
    attempt: context.newId(),
    caller,
    ...(callerId === undefined ? {} : { callerId }),
    ...(startedBy === undefined ? {} : { startedBy }),
    ...experimentOf(properties, again),
    ...labelsGiven(body, again),
    endpoint: found.endpoint,
    deployment: found.deployment.name,
    model,
    ...(code === undefined ? {} : { code }),
    ...(environment === undefined ? {} : { environment }),
    compute: compute.name,
    maxInstances: compute.value.maxInstances,
    ...input,
    output,
    ...outputNameOf(properties),
    settings,
    ...(request === undefined ? {} : { request }),
    ...notificationsShown(notifications),
    warnings: [
      ...(await warningsOf(context, found.deployment.value)),
      ...[fileNameWarning(output.fileName, settings)].filter((warning) => warning !== undefined),
    ],
  };
  return { spec, notifications };
}

type SpecInput = Pick<JobSpec, 'input' | 'inputUri' | 'inputFilter' | 'inputName'>;

/** The input that an invocation names, found. */
async function givenInput({ inputs }: InvokeContext, properties: JobProperties): Promise<SpecInput> {
  const { uri, isFile, name } = inputOf(properties);
  const { inputFilter } = properties;
  const input = await inputs.resolve(uri, FileFilter.of(inputFilter));
  if (isFile && input.type === 'folder') throw failure('InputIsFolder', { input: withoutQuery(uri) });
  return {
    input,
    inputUri: withoutQuery(uri),
    ...(inputFilter === undefined ? {} : { inputFilter }),
    ...(name === undefined ? {} : { inputName: name }),
  };
}

/** The input of the job that is done again. */
function inputAgain({ job: { spec } }: RerunJob, properties: JobProperties): SpecInput {
  const { input, inputUri, inputName } = spec;
  const inputFilter = properties.inputFilter ?? spec.inputFilter;
  return {
    input,
    inputUri,
    ...(inputFilter === undefined ? {} : { inputFilter }),
    ...(inputName === undefined ? {} : { inputName }),
  };
}

/** What is said of a job: of one that is done again, what was said of it, where nothing else is. */
function labelsGiven({ properties, tags }: BatchJobResource, again: RerunJob | undefined): Labels {
  const given = labelsOf({ ...properties, tags: properties.tags ?? tags });
  if (again === undefined) return given;
  const { spec } = again.job;
  const description = given.description ?? spec.description;
  return {
    ...(description === undefined ? {} : { description }),
    tags: { ...spec.tags, ...given.tags },
    properties: { ...spec.properties, ...given.properties },
  };
}

/** Its name; today's clients write it among the values of the user's own. */
function experimentOf(
  { experimentName, properties }: JobProperties,
  again: RerunJob | undefined,
): { experimentName?: string } {
  const given = experimentName ?? properties?.['experimentName'] ?? undefined;
  const name = given ?? again?.job.spec.experimentName;
  return name === undefined ? {} : { experimentName: name };
}

/** What the caller calls the output, where it has a name. */
function outputNameOf({ outputData }: JobProperties): { outputName?: string } {
  const [outputName] = Object.keys(outputData ?? {});
  return outputName === undefined ? {} : { outputName };
}

/** The deployment that an invocation means. Fails where there is none, or where it is being deleted. */
export async function findDeployment(
  registry: Registry,
  endpointName: string,
  named: string | undefined,
): Promise<{ endpoint: string; deployment: Stored<Deployment> }> {
  const endpoint = await registry.endpoints.get(endpointName);
  refuseDeleting('endpoint', endpoint);
  const name = named ?? endpoint.value.defaultDeployment;
  if (name === undefined) throw failure('NoDefaultDeployment', {});
  const deployment = await registry.deployments(endpoint.name).get(name);
  refuseDeleting('deployment', deployment);
  return { endpoint: endpoint.name, deployment };
}

function refuseDeleting(kind: string, { name, deleting }: Stored<object>): void {
  if (deleting !== undefined) throw failure('ResourceDeleting', { kind, name });
}

/**
 * Looks again, now that the job is among the active ones: whoever deletes its endpoint or deployment, a version that it
 * scores with, or the job that it does again, marks that first and looks for jobs then, so that one of the two sees the
 * other.
 */
async function refuseDeleted({ registry, jobs, index }: InvokeContext, spec: JobSpec): Promise<void> {
  try {
    await findDeployment(registry, spec.endpoint, spec.deployment);
    if (spec.rerun !== undefined) await jobs.get(spec.rerun.job);
    await needVersions(registry, spec);
  } catch (error) {
    if ((await jobs.find(spec.name)) === undefined) await index.deactivate(spec.key);
    throw error;
  }
}

/** Where the host limits how long a function may run, one `run()` with its staging has to fit. */
function refuseLongRuns(timeoutSeconds: number, activitySeconds: number | undefined): void {
  if (activitySeconds === undefined || timeoutSeconds + 30 <= activitySeconds) return;
  throw failure('TimeoutTooLong', { timeout: timeoutSeconds, limit: activitySeconds });
}

async function warningsOf(context: InvokeContext, deployment: Deployment): Promise<string[]> {
  const { code } = deployment;
  if (deployment.environment === undefined) return [];
  if (code !== undefined && runtimeOf(code.scoringScript) === 'node') {
    return [
      `The environment '${deployment.environment.name}' is not installed: Node runs '${code.scoringScript}', with the packages in its code folder.`,
    ];
  }
  if (!context.localFiles) return [];
  const environment = await context.registry.environments.versions.get(deployment.environment);
  const { image } = environment.value;
  if (image === undefined) return [];
  return [`The image '${image}' of environment '${environment.name}' is not used on this machine.`];
}
