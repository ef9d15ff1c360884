import type { HttpResponseInit } from '@azure/functions';
import { invoke } from '../../shared/invocation/invoke';
import { isEnded } from '../../shared/domain/jobState';
import { startJob } from '../../shared/jobs/recoverJobs';
import { restBodies } from '../../shared/schemas/restBodies';
import { orchestrationsOf } from '../orchestrationsOf';
import { jobAnswer } from './jobs';
import type { Operation } from './operation';
import { route, type Call } from './route';

const invocation = {
  audience: 'data',
  role: 'Jobs.Invoke',
  methods: ['POST'],
  body: 'job',
  answers: { 200: 'Job', 201: 'Job' },
} satisfies Partial<Operation>;

const invokeEndpoint: Operation = {
  ...invocation,
  path: 'batchEndpoints/{endpoint}/jobs',
  summary: 'Starts a job with the default deployment of an endpoint, or with the one that a header names.',
};
route('invokeEndpoint', invokeEndpoint, (call) =>
  start(call, call.request.headers.get('azureml-model-deployment') ?? undefined),
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
  const requestId =
    request.headers.get('repeatability-request-id') || request.headers.get('repeatability_request-id');
  const { job, created } = await invoke(
    { ...services, localFiles, activitySeconds },
    {
      endpoint: call.parameter('endpoint'),
      ...(deployment === undefined ? {} : { deployment }),
      body: restBodies.job(await call.json()),
      caller: call.caller.name,
      callerId: call.caller.id,
      ...(requestId === null || requestId === '' ? {} : { requestId }),
    },
  );
  if (!isEnded(job.run.state) && job.run.start === 0) {
    await startJob(services.jobs, orchestrationsOf(call.client()), job);
  }
  return jobAnswer(call, job, created ? 201 : 200);
}
