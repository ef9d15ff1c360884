import type { HttpResponseInit } from '@azure/functions';
import type { Job } from '../../shared/jobs/jobStore';
import type { JobFilter } from '../../shared/jobs/jobIndex';
import type { ShownQueue } from '../../shared/places/queueText';
import { failure } from '../../shared/errors/batchpointError';
import { labelsOfJob } from '../../shared/jobs/jobLabels';
import { listAnswer, pageOf } from './answers';
import { starterOf, starterParameters } from './jobStarters';
import { viewOf, viewParameters } from './listView';
import { pageParameters, type Operation } from './operation';
import { jobResource } from './resources/jobResource';
import { route, type Call } from './route';
import { wakeBy } from '../wakeBy';
import { studioUrl } from './studioUrl';

const underEndpoint = 'batchEndpoints/{endpoint}/jobs';
const underDeployment = 'batchEndpoints/{endpoint}/deployments/{deployment}/jobs';
const underWorkspace = 'jobs';

/** A job as the answer to a request. */
export function jobAnswer(call: Call, job: Job, status = 200): HttpResponseInit {
  return { status, jsonBody: resourceOf(call, job) };
}

/** The job that a request names; under an endpoint or deployment, only one of theirs. */
export function jobOf(call: Call): Promise<Job> {
  return jobNamed(call, call.parameter('job'));
}

/** The job of this name, where the caller may see it; under an endpoint or deployment, only one of theirs. */
export async function jobNamed(call: Call, name: string): Promise<Job> {
  const job = await call.services.jobs.find(name);
  const { endpoint, deployment } = filterOf(call);
  if (endpoint === undefined) call.require(job?.spec.endpoint);
  if (job === undefined || !isOf({ endpoint, deployment }, job)) {
    throw failure('ResourceNotFound', { kind: 'job', name, command: 'batchpoint job list' });
  }
  return job;
}

for (const [place, path, audience, whose] of [
  ['', underWorkspace, 'management', 'of all endpoints'],
  ['OfEndpoint', underEndpoint, 'data', 'of an endpoint'],
  ['OfDeployment', underDeployment, 'data', 'of a deployment'],
] as const) {
  const reach = place === '' ? ({ ofEndpoints: true } as const) : {};
  const listJobs: Operation = {
    ...reach,
    audience,
    role: 'Jobs.Read',
    methods: ['GET'],
    path,
    summary: `Lists the jobs ${whose}, the newest first.`,
    query: [...pageParameters, ...viewParameters, ...starterParameters],
    answers: { 200: 'JobList' },
  };
  route(`listJobs${place}`, listJobs, list);
  // Clients that look the address of the service up ask for the lists of the data plane below this one.
  if (audience === 'data')
    route(`listJobs${place}AtFrontEnd`, { ...listJobs, service: 'mferp/managementfrontend' }, list);

  const getJob: Operation = {
    ...reach,
    audience,
    role: 'Jobs.Read',
    methods: ['GET'],
    path: `${path}/{job}`,
    summary: 'Shows a job: its status, how far it is, what failed, where its output is.',
    answers: { 200: 'Job' },
  };
  route(`getJob${place}`, getJob, async (call) => {
    const job = await jobOf(call);
    const queue = await call.services.places.queueOf(job, call.allows);
    return { status: 200, jsonBody: resourceOf(call, job, queue) };
  });

  const cancelJob: Operation = {
    ...reach,
    audience,
    role: 'Jobs.Cancel',
    methods: ['POST'],
    path: `${path}/{job}/cancel`,
    summary: 'Cancels a job. What it has scored is kept.',
    answers: { 202: 'Nothing' },
    refusals: ['JobNotCancellable'],
  };
  route(`cancelJob${place}`, cancelJob, async (call) => {
    const { spec } = await jobOf(call);
    const { jobs, places } = call.services;
    await jobs.cancel(spec.name, call.caller.name);
    await wakeBy(call.client)(await places.leave(spec));
    return { status: 202 };
  });
}

/** So many jobs are read at once for the rest of a page. */
const fewestLookedAt = 50;

async function list(call: Call): Promise<HttpResponseInit> {
  const { services } = call;
  const filter = filterOf(call);
  if (filter.endpoint !== undefined) {
    const endpoint = await services.registry.endpoints.get(filter.endpoint);
    if (filter.deployment !== undefined)
      await services.registry.deployments(endpoint.name).get(filter.deployment);
  }
  const { size, token } = pageOf(call.request);
  const extent = call.caller.grants.extentOf('Jobs.Read');
  const startedBy = starterOf(call.request);
  const filters =
    startedBy !== undefined
      ? [{ startedBy }]
      : filter.endpoint !== undefined || extent === 'all'
        ? [filter]
        : [...extent].map((endpoint) => ({ endpoint }));
  const shows = viewOf(call.request);
  const value: object[] = [];
  let next = token;
  let looked = size;
  do {
    const page = await services.index.pageOfLists(filters, looked, next);
    const jobs = await services.jobs.findAll(page.names);
    next = page.next;
    for (const [at, job] of jobs.entries()) {
      if (value.length === size) {
        next = page.tokens[at];
        break;
      }
      if (job === undefined || !shows(isArchived(job))) continue;
      // What a trigger or schedule has started may be of any endpoint.
      if (startedBy !== undefined && !(isOf(filter, job) && call.allows(job.spec.endpoint))) continue;
      value.push(resourceOf(call, job));
    }
    // Where most jobs are left out, to look for the last ones one by one would take long.
    looked = Math.max(size - value.length, fewestLookedAt);
  } while (next !== undefined && value.length < size);
  return listAnswer(call.request, value, next);
}

/** Whether a job is of an endpoint and a deployment, where they are given. */
function isOf(
  asked: { readonly endpoint?: string | undefined; readonly deployment?: string | undefined },
  { spec }: Job,
): boolean {
  const isSame = (name: string | undefined, actual: string): boolean =>
    name === undefined || name.toLowerCase() === actual.toLowerCase();
  return isSame(asked.endpoint, spec.endpoint) && isSame(asked.deployment, spec.deployment);
}

function isArchived(job: Job): boolean {
  return labelsOfJob(job).isArchived === true;
}

function resourceOf(call: Call, job: Job, queue?: ShownQueue): object {
  return jobResource(job, call.workspace, studioUrl(call, job.spec), call.services.now(), queue);
}

function filterOf(call: Call): JobFilter {
  const [endpoint, deployment] = [call.parameter('endpoint'), call.parameter('deployment')];
  return { ...(endpoint === '' ? {} : { endpoint }), ...(deployment === '' ? {} : { deployment }) };
}
