import type { Job } from '../../shared/jobs/jobStore';
import { restBodies } from '../../shared/schemas/restBodies';
import { admitToFound } from './admission';
import { relabelJob } from './jobLabels';
import { jobNamed, jobOf } from './jobs';
import type { Operation } from './operation';
import { outputUriOf } from './resources/managedJob';
import { childResource, jobOfOutputId, runDetails, runResource } from './resources/runResource';
import { route, type Call } from './route';
import { studioUrl } from './studioUrl';

// What clients of Azure ask its history of runs, and its service of data, about a job.

const history = {
  service: 'history/v1.0',
  audience: 'management',
  role: 'Jobs.Read',
  ofEndpoints: true,
} satisfies Partial<Operation>;
const path = 'runs/{job}';

const getRun: Operation = {
  ...history,
  methods: ['GET'],
  path,
  summary: 'Shows a job as a run.',
  answers: { 200: 'Run' },
};
route('getRun', getRun, async (call) => {
  const job = await jobOf(call);
  return { status: 200, jsonBody: runResource(job, call.workspace, studioUrl(call, job.spec)) };
});

const getRunDetails: Operation = {
  ...history,
  methods: ['GET'],
  path: `${path}/details`,
  summary:
    'Shows a job as a run, with its warnings and the URLs of its logs, which open without a token for a day.',
  answers: { 200: 'RunDetails' },
};
route('getRunDetails', getRunDetails, async (call) => {
  const job = await jobOf(call);
  const studio = studioUrl(call, job.spec);
  return { status: 200, jsonBody: runDetails(job, call.workspace, studio, await logsOf(call, job, studio)) };
});

const listChildRuns: Operation = {
  ...history,
  methods: ['GET'],
  path: `${path}/children`,
  summary: "Lists the children of a job: one, 'batchscoring', which has its output.",
  answers: { 200: 'RunList' },
};
route('listChildRuns', listChildRuns, async (call) => {
  const job = await jobOf(call);
  const child = childResource(job, call.workspace, studioUrl(call, job.spec));
  return { status: 200, jsonBody: { value: [child] } };
});

const getRunData: Operation = {
  ...history,
  methods: ['POST'],
  path: 'rundata',
  summary: 'Shows a job as a run, with the ids of its outputs.',
  body: 'runData',
  answers: { 200: 'RunData' },
};
route('getRunData', getRunData, async (call) => {
  const { runId } = restBodies.runData(await call.json());
  const job = await jobNamed(call, runId);
  const runMetadata = runResource(job, call.workspace, studioUrl(call, job.spec));
  return { status: 200, jsonBody: { runMetadata } };
});

const changeRun: Operation = {
  ...history,
  role: 'Jobs.Invoke',
  methods: ['PATCH'],
  path: 'experiments/{experiment}/runs/{job}',
  summary: 'Changes what is said of a job, or archives it; what is not sent stays.',
  body: 'runChange',
  answers: { 200: 'Run' },
};
route('changeRun', changeRun, async (call) => {
  const job = await jobOf(call);
  // The answer is the whole job.
  admitToFound({ role: 'Jobs.Read' }, call.caller, job.spec.endpoint);
  const { displayName, description, tags, hidden } = restBodies.runChange(await call.json());
  const change = { displayName, description, tags, isArchived: hidden };
  const said = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined && value !== null),
  );
  const changed = await relabelJob(call, job, { properties: said });
  return { status: 200, jsonBody: runResource(changed, call.workspace, studioUrl(call, job.spec)) };
});

const resolveDataUris: Operation = {
  ...history,
  service: 'data/v1.0',
  methods: ['POST'],
  path: 'dataversion/batchGetResolvedUris',
  summary: 'Tells where outputs of jobs lie, by the ids that runs have for them.',
  body: 'dataUris',
  answers: { 200: 'DataUris' },
};
route('resolveDataUris', resolveDataUris, async (call) => {
  const { values } = restBodies.dataUris(await call.json());
  const found = await Promise.all(values.map(async (id) => [id, await placeOf(call, id)] as const));
  const known = found.filter(([, place]) => place !== undefined);
  return { status: 200, jsonBody: { values: Object.fromEntries(known) } };
});

/** Where an output lies; `undefined` for what the caller may not see, or is not there. */
async function placeOf({ allows, services, workspace }: Call, id: string): Promise<object | undefined> {
  const name = jobOfOutputId(id);
  const job = name === undefined ? undefined : await services.jobs.find(name);
  return job === undefined || !allows(job.spec.endpoint) ? undefined : outputUriOf(job, workspace);
}

/** The logs of a job by their names: first what is printed while it runs, by the name that clients follow. */
async function logsOf(call: Call, job: Job, studio: string | undefined): Promise<Record<string, string>> {
  if (studio === undefined) return {};
  const { pathname, search, origin } = new URL(studio);
  const link = (below: string): string => `${origin}${pathname}/${below}${search}`;
  const files = (await call.services.jobFiles.list(job)).filter(({ name }) => name.startsWith('logs/'));
  const logs = files.map(({ name }) => [
    name,
    `${link(`files/${name.split('/').map(encodeURIComponent).join('/')}`)}&download=1`,
  ]);
  return Object.fromEntries([['user_logs/std_log.txt', link('log')], ...logs]) as Record<string, string>;
}
