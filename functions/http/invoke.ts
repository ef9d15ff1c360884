import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import { invoke } from '../../shared/invocation/invoke';
import { isEnded } from '../../shared/domain/jobState';
import { newRun } from '../../shared/jobs/jobRun';
import type { Job } from '../../shared/jobs/jobStore';
import { startJob } from '../../shared/jobs/recoverJobs';
import { restBodies } from '../../shared/schemas/restBodies';
import { orchestrationsOf } from '../orchestrationsOf';
import { jobAnswer } from './jobs';
import type { Operation, Parameter } from './operation';
import { route, type Call } from './route';

const requestIds: readonly Parameter[] = [
  {
    name: 'Repeatability-Request-ID',
    description: 'An id of the request: the same id never starts a second job.',
    schema: { type: 'string' },
  },
  {
    name: 'repeatability_request-id',
    description: 'The same, in the spelling of older clients.',
    schema: { type: 'string' },
  },
];

const deploymentHeader: Parameter = {
  name: 'azureml-model-deployment',
  description: 'Another deployment than the default one.',
  schema: { type: 'string' },
};

const invocation = {
  audience: 'data',
  role: 'Jobs.Invoke',
  methods: ['POST'],
  body: 'job',
  headers: requestIds,
  answers: { 200: 'Job', 201: 'Job' },
  refusals: [
    'NoDefaultDeployment',
    'InputMissing',
    'InputAmbiguous',
    'InputFormsMixed',
    'OutputFormsMixed',
    'KindUnsupported',
    'LiteralUnsupported',
    'MlTableUnsupported',
    'OutputFolderUnsupported',
    'ParameterInvalid',
    'InputPatternInvalid',
    'InputFilterEmpty',
    'InputNotFound',
    'InputIsFolder',
    'InputUnreadable',
    'InputUriUnsafe',
    'LocalFolderUnsupported',
    'LocalPathNotShared',
    'NameReferenceInvalid',
    'NoCurrentVersion',
    'OutputColumnTwice',
    'OutputInvalid',
    'OutputOptionsMixed',
    'OutputUnwritable',
    'ReferenceInvalid',
    'ResourceDeleting',
    'TimeoutTooLong',
    'UriInvalid',
    'VersionNotFound',
    'StoreForbidden',
    'StoreMissing',
    'JobExists',
    'OutputExists',
    'RequestConflict',
    'RerunTooEarly',
    'RerunNotNeeded',
    'RerunNothingFailed',
    'RerunFixed',
  ],
} satisfies Partial<Operation>;

const invokeEndpoint: Operation = {
  ...invocation,
  path: 'batchEndpoints/{endpoint}/jobs',
  headers: [...requestIds, deploymentHeader],
  summary: 'Starts a job with the default deployment of an endpoint, or with the one that a header names.',
};
route('invokeEndpoint', invokeEndpoint, (call) =>
  start(call, call.request.headers.get('azureml-model-deployment') || undefined),
);

const invokeDeployment: Operation = {
  ...invocation,
  path: 'batchEndpoints/{endpoint}/deployments/{deployment}/jobs',
  summary: 'Starts a job with a deployment.',
};
route('invokeDeployment', invokeDeployment, (call) => start(call, call.parameter('deployment')));

/** Makes the job and starts it. A job that was recorded and not started, as its maker died, is started here too. */
async function start(call: Call, deployment: string | undefined): Promise<HttpResponseInit> {
  const { services, request } = call;
  const { localFiles, activitySeconds } = services.settings;
  const requestId = requestIdOf(request.headers);
  const { job, created } = await invoke(
    { ...services, localFiles, activitySeconds },
    {
      endpoint: call.parameter('endpoint'),
      ...(deployment === undefined ? {} : { deployment }),
      body: restBodies.job(await call.json()),
      caller: call.caller.name,
      callerId: call.caller.id,
      ...(requestId === undefined ? {} : { requestId }),
    },
  );
  if (!isEnded(job.run.state) && job.run.start === 0) {
    await startJob(services.jobs, orchestrationsOf(call.client()), job);
  }
  return jobAnswer(call, readable(call, job), created ? 201 : 200);
}

/** The job as far as the caller may know it: who may not read jobs is told what was made, not what became of it. */
function readable({ caller }: Call, { spec, run }: Job): Job {
  const mayRead = caller.grants.hasFor('Jobs.Read', spec.endpoint);
  return { spec, run: mayRead ? run : newRun(spec.createdAt) };
}

/** Characters that the id of a request may have. */
const longestId = 255;

/** The id of a request, by either spelling of its header. Fails with `ParameterInvalid` where both differ, or it is long. */
function requestIdOf(headers: HttpRequest['headers']): string | undefined {
  const names = ['Repeatability-Request-ID', 'repeatability_request-id'];
  const [id, other] = names.map((name) => headers.get(name)?.trim() ?? '').filter((one) => one !== '');
  if (id === undefined) return undefined;
  const refuse = (expected: string): Error =>
    failure('ParameterInvalid', { name: names.join(' or '), value: id, expected });
  if (other !== undefined && other !== id) throw refuse('the same in both');
  if (id.length > longestId) throw refuse(`at most ${longestId} characters long`);
  return id;
}
