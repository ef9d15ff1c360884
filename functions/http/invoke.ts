import type { HttpResponseInit } from '@azure/functions';
import { invoke } from '../../shared/invocation/invoke';
import { isEnded } from '../../shared/domain/jobState';
import { newRun } from '../../shared/jobs/jobRun';
import type { Job } from '../../shared/jobs/jobStore';
import { startJob } from '../../shared/jobs/recoverJobs';
import { restBodies } from '../../shared/schemas/restBodies';
import { orchestrationsOf } from '../orchestrationsOf';
import { jobAnswer } from './jobs';
import type { Operation, Parameter } from './operation';
import { requestIdOf, requestIds } from './requestId';
import { route, type Call } from './route';

const deploymentHeader: Parameter = {
  name: 'azureml-model-deployment',
  description: 'Another deployment than the default one.',
  schema: { type: 'string' },
};

/** Why a job may not be made. */
export const invocationRefusals = [
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
  'NotificationInvalid',
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
] as const satisfies Operation['refusals'];

const invocation = {
  audience: 'data',
  role: 'Jobs.Invoke',
  methods: ['POST'],
  body: 'job',
  headers: requestIds,
  answers: { 200: 'Job', 201: 'Job' },
  refusals: invocationRefusals,
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
