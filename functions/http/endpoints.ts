import { isEnded } from '../../shared/domain/jobState';
import { failure } from '../../shared/errors/batchpointError';
import type { JobStore } from '../../shared/jobs/jobStore';
import { restBodies } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, mergePatch, pageOf, resourceAnswer } from './answers';
import { conditionHeaders, pageParameters, type Operation } from './operation';
import { endpointResource } from './resources/endpointResource';
import { route, type Call } from './route';

const path = 'batchEndpoints/{endpoint}';

const reading = { audience: 'management', role: 'Endpoints.Read' } as const;
const writing = {
  audience: 'management',
  role: 'Endpoints.Write',
  headers: conditionHeaders,
} as const;

const getEndpoint: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows an endpoint.',
  answers: { 200: 'Endpoint' },
};
route('getEndpoint', getEndpoint, async (call) => {
  const found = await call.services.registry.endpoints.get(call.parameter('endpoint'));
  return resourceAnswer(endpointResource(found.name, found.value, call.workspace, call.base), found.etag);
});

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
    .map((one) => endpointResource(one.name, one.value, call.workspace, call.base));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

const putEndpoint: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces an endpoint.',
  body: 'batchEndpoint',
  answers: { 200: 'Endpoint', 201: 'Endpoint' },
  refusals: ['DefaultDeploymentMissing'],
};
route('putEndpoint', putEndpoint, async (call) => write(call, await call.json()));

const patchEndpoint: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes what the body names of an endpoint.',
  body: 'batchEndpoint',
  answers: { 200: 'Endpoint' },
  refusals: ['DefaultDeploymentMissing'],
};
route('patchEndpoint', patchEndpoint, async (call) => {
  const name = call.parameter('endpoint');
  const { endpoints } = call.services.registry;
  const present = await endpoints.get(name);
  endpoints.check(name, present, conditionOf(call.request));
  const { description, tags, properties, authMode, defaultDeployment } = present.value;
  const before = {
    tags,
    properties: { description, properties, authMode, defaults: { deploymentName: defaultDeployment } },
  };
  return write(call, mergePatch(before, await call.json()), present.etag);
});

const deleteEndpoint: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary: 'Deletes an endpoint with its deployments.',
  answers: { 200: 'Nothing', 204: 'Nothing' },
  refusals: ['EndpointInUse'],
};
route('deleteEndpoint', deleteEndpoint, async (call) => {
  const { registry, index, jobs } = call.services;
  const endpoint = await registry.endpoints.find(call.parameter('endpoint'));
  if (endpoint === undefined) return { status: 204 };
  registry.endpoints.check(endpoint.name, endpoint, conditionOf(call.request));
  for await (const { name, endpoint: used } of index.active()) {
    // A job is taken out of the active ones a moment after its end.
    if (used !== endpoint.name || (await hasEnded(jobs, name))) continue;
    throw failure('EndpointInUse', { endpoint: endpoint.name, job: name });
  }
  const deployments = registry.deployments(endpoint.name);
  for (const { name } of await deployments.list()) await deployments.remove(name);
  await registry.endpoints.remove(endpoint.name);
  return { status: 200 };
});

async function hasEnded(jobs: JobStore, name: string): Promise<boolean> {
  const job = await jobs.find(name);
  return job !== undefined && isEnded(job.run.state);
}

async function write(call: Call, body: unknown, etag?: string): ReturnType<Parameters<typeof route>[2]> {
  const { endpoints, deployments } = accessTo(call);
  const name = call.parameter('endpoint');
  const resource = restBodies.batchEndpoint(body);
  const deployment = resource.properties.defaults?.deploymentName;
  if (deployment !== undefined && deployment !== null && deployment !== '') {
    if ((await deployments.find(deployment)) === undefined) {
      throw failure('DefaultDeploymentMissing', { endpoint: name, deployment });
    }
  }
  const condition = etag === undefined ? conditionOf(call.request) : { etag };
  const { created } = await endpoints.register(name, resource, condition);
  const made = await endpoints.get(name);
  return resourceAnswer(
    endpointResource(made.name, made.value, call.workspace, call.base),
    made.etag,
    created,
  );
}

function accessTo(call: Call): {
  endpoints: Call['services']['registry']['endpoints'];
  deployments: ReturnType<Call['services']['registry']['deployments']>;
} {
  const { registry } = call.services;
  return { endpoints: registry.endpoints, deployments: registry.deployments(call.parameter('endpoint')) };
}
