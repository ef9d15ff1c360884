import type { HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { Endpoint } from '../../shared/registry/endpoints';
import type { Stored, WriteCondition } from '../../shared/registry/namedResources';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { conditionOf, isForced, listAnswer, pageOf, resourceAnswer } from './answers';
import { acceptedAnswer, acceptedHeaders, createdAnswer, createdHeaders } from './longOperations';
import { mergePatch, patched } from './mergePatch';
import { forceParameter, pageParameters, type Operation, reading, writing } from './operation';
import { endpointResource } from './resources/endpointResource';
import { wakeBy } from '../wakeBy';
import { route, type Call } from './route';

const path = 'batchEndpoints/{endpoint}';

const getEndpoint: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows an endpoint.',
  answers: { 200: 'Endpoint' },
};
route('getEndpoint', getEndpoint, async (call) =>
  show(call, await call.services.registry.endpoints.get(call.parameter('endpoint'))),
);

const listEndpoints: Operation = {
  ...reading,
  ofEndpoints: true,
  methods: ['GET'],
  path: 'batchEndpoints',
  summary: 'Lists the endpoints by their names.',
  query: pageParameters,
  answers: { 200: 'EndpointList' },
};
route('listEndpoints', listEndpoints, async (call) => {
  const { size, token } = pageOf(call.request);
  const { endpoints } = call.services.registry;
  const found = await endpoints.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found
    .filter((one) => call.allows(one.name))
    .map((one) => endpointResource(one, call.workspace, call.base));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

const putEndpoint: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces an endpoint.',
  body: 'batchEndpoint',
  answers: { 200: 'Endpoint', 201: 'Endpoint' },
  answerHeaders: createdHeaders,
  refusals: ['DefaultDeploymentMissing', 'ResourceDeleting'],
};
route('putEndpoint', putEndpoint, async (call) => write(call, await call.json(), conditionOf(call.request)));

const patchEndpoint: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes what the body names of an endpoint.',
  body: 'batchEndpoint',
  answers: { 200: 'Endpoint' },
  refusals: ['DefaultDeploymentMissing', 'ResourceDeleting'],
};
route('patchEndpoint', patchEndpoint, async (call) => {
  const patch = restPatch('batchEndpoint', await call.json());
  const { endpoints } = call.services.registry;
  return patched(endpoints, call.parameter('endpoint'), conditionOf(call.request), (present, condition) => {
    const { description, tags, properties, authMode, defaultDeployment } = present.value;
    const before = {
      tags,
      properties: { description, properties, authMode, defaults: { deploymentName: defaultDeployment } },
    };
    return write(call, mergePatch(before, patch), condition);
  });
});

const deleteEndpoint: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary: 'Deletes an endpoint with its deployments.',
  query: [forceParameter],
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
  refusals: ['EndpointInUse'],
};
route('deleteEndpoint', deleteEndpoint, async (call) => {
  const operation = await call.services.deletions.begin({
    endpoint: call.parameter('endpoint'),
    condition: conditionOf(call.request),
    cancelsJobs: isForced(call.request),
    caller: call.caller.name,
    wake: wakeBy(call.client),
  });
  return operation === undefined ? { status: 204 } : acceptedAnswer(call, operation);
});

async function write(call: Call, body: unknown, condition: WriteCondition): Promise<HttpResponseInit> {
  const { endpoints } = call.services.registry;
  const name = call.parameter('endpoint');
  const resource = restBodies.batchEndpoint(body);
  await checkDefault(call, name, resource.properties.defaults?.deploymentName ?? '');
  const { created } = await endpoints.register(name, resource, condition);
  const made = await endpoints.get(name);
  const answer = show(call, made, created);
  return created ? createdAnswer(call, `batchEndpoints/${made.name}`, answer) : answer;
}

async function checkDefault({ services }: Call, endpoint: string, deployment: string): Promise<void> {
  if (deployment === '') return;
  const found = await services.registry.deployments(endpoint).find(deployment);
  if (found === undefined) throw failure('DefaultDeploymentMissing', { endpoint, deployment });
  if (found.deleting !== undefined)
    throw failure('ResourceDeleting', { kind: 'deployment', name: deployment });
}

function show(call: Call, endpoint: Stored<Endpoint>, created = false): HttpResponseInit {
  return resourceAnswer(endpointResource(endpoint, call.workspace, call.base), endpoint.etag, created);
}
