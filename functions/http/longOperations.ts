import type { HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { InstanceState } from '../../shared/jobs/recoverJobs';
import type { LongOperation } from '../../shared/operations/longOperations';
import { collectionsPath } from '../../shared/collecting/collections';
import { orchestrationsOf } from '../orchestrationsOf';
import type { Operation } from './operation';
import { route, type Call } from './route';

const location = 'providers/Microsoft.MachineLearningServices/locations/{location}';
const reading = {
  below: 'subscription',
  audience: 'management',
  role: 'Endpoints.Write',
  ofEndpoints: true,
  methods: ['GET'],
} satisfies Partial<Operation>;

/** So long a collection goes on while a client waits for the answer. */
const pieceMilliseconds = 1_000;

/** Seconds after which a client asks again. */
const patience = '1';

/** The headers of the answers below, for the description of the API. */
export const createdHeaders = {
  201: ['Azure-AsyncOperation', 'x-ms-retry-after-ms'],
} as const satisfies Operation['answerHeaders'];
export const acceptedHeaders = {
  202: ['Location', 'Azure-AsyncOperation', 'Retry-After'],
} as const satisfies Operation['answerHeaders'];

const getOperationStatus: Operation = {
  ...reading,
  path: `${location}/mfeOperationsStatus/{operation}`,
  summary: 'Tells how far an operation is.',
  answers: { 200: 'OperationStatus' },
  refusals: ['OperationNotFound'],
};
route('getOperationStatus', getOperationStatus, async (call) => {
  const { id, status, startTime, endTime } = await operationOf(call);
  const report = await call.services.collections.report(id);
  const path = new URL(statusUrl(call, id)).pathname;
  const jsonBody = {
    id: path,
    name: id,
    status,
    startTime,
    ...(endTime === undefined ? {} : { endTime }),
    ...(report === undefined ? {} : { properties: report }),
  };
  return { status: 200, jsonBody, ...(status === 'InProgress' && { headers: { 'Retry-After': patience } }) };
});

const getOperationResult: Operation = {
  ...reading,
  path: `${location}/mfeOperationResults/{operation}`,
  summary: 'Waits for the end of an operation: 202 while it is under way, 204 after that.',
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
  refusals: ['OperationNotFound'],
};
route('getOperationResult', getOperationResult, async (call) => {
  const operation = await operationOf(call);
  return operation.status === 'InProgress' ? acceptedAnswer(call, operation) : { status: 204 };
});

/** The answer to a request that goes on after it: where to ask how far it is. */
export function acceptedAnswer(call: Call, { id }: LongOperation): HttpResponseInit {
  return {
    status: 202,
    headers: {
      Location: operationUrl(call, 'mfeOperationResults', id),
      'Azure-AsyncOperation': statusUrl(call, id),
      'Retry-After': patience,
    },
  };
}

/** Adds to the answer for a resource that was made the operation that made it, which has succeeded. */
export async function createdAnswer(
  call: Call,
  resource: string,
  answer: HttpResponseInit,
): Promise<HttpResponseInit> {
  const { id } = await call.services.operations.add(resource, 'Succeeded');
  // Clients wait before they ask, for half a minute if nothing is said, and there is nothing to wait for.
  const headers = { 'Azure-AsyncOperation': statusUrl(call, id), 'x-ms-retry-after-ms': '10' };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

async function operationOf(call: Call): Promise<LongOperation> {
  const name = call.parameter('operation');
  const { collections, deletions, operations } = call.services;
  const found = await operations.find(name);
  const [, endpoint] = /^batchEndpoints\/([^/]+)/.exec(found?.resource ?? '') ?? [];
  call.require(endpoint);
  if (found?.resource === collectionsPath) {
    const orchestrations = orchestrationsOf(call.client());
    const state = (instance: string): Promise<InstanceState> => orchestrations.state(instance);
    await collections.advance(name, { milliseconds: pieceMilliseconds, state });
  }
  const operation = found === undefined ? undefined : await deletions.advance(name);
  if (operation === undefined) throw failure('OperationNotFound', { name });
  return operation;
}

function statusUrl(call: Call, id: string): string {
  return operationUrl(call, 'mfeOperationsStatus', id);
}

function operationUrl({ base, workspace, apiVersion }: Call, kind: string, id: string): string {
  const subscription = encodeURIComponent(workspace.subscription);
  const place = `subscriptions/${subscription}/${location.replace('{location}', 'local')}`;
  return `${base}/${place}/${kind}/${id}?api-version=${apiVersion}`;
}
