import type { HttpResponseInit } from '@azure/functions';
import { invoke } from '../../shared/invocation/invoke';
import { isEnded } from '../../shared/domain/jobState';
import { startJob } from '../../shared/jobs/recoverJobs';
import { restBodies } from '../../shared/schemas/restBodies';
import { orchestrationsOf } from '../orchestrationsOf';
import { jobAnswer } from './jobs';
import { route, type Call } from './route';

route(
  'invokeEndpoint',
  { methods: ['POST'], path: 'batchEndpoints/{endpoint}/jobs', audience: 'data' },
  (call) => start(call, call.request.headers.get('azureml-model-deployment') ?? undefined),
);

route(
  'invokeDeployment',
  { methods: ['POST'], path: 'batchEndpoints/{endpoint}/deployments/{deployment}/jobs', audience: 'data' },
  (call) => start(call, call.parameter('deployment')),
);

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
      ...(requestId === null || requestId === '' ? {} : { requestId }),
    },
  );
  if (!isEnded(job.run.state) && job.run.start === 0) {
    await startJob(services.jobs, orchestrationsOf(call.client()), job);
  }
  return jobAnswer(call, job, created ? 201 : 200);
}
