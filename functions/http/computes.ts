import { failure } from '../../shared/errors/batchpointError';
import type { Registry } from '../../shared/registry/registry';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { acceptedAnswer, acceptedHeaders, createdAnswer, createdHeaders } from './longOperations';
import { mergePatch, patched } from './mergePatch';
import { pageParameters, type Operation, reading, writing } from './operation';
import { computeResource } from './resources/computeResource';
import { wakeBy } from '../wakeBy';
import { route, type Call } from './route';

const path = 'computes/{compute}';

const getCompute: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows a compute.',
  answers: { 200: 'Compute' },
};
route('getCompute', getCompute, async (call) => {
  const found = await call.services.registry.computes.get(call.parameter('compute'));
  const { maxInstances } = found.value;
  const use = await call.services.places.use({ compute: found.name, maxInstances });
  return resourceAnswer(computeResource(found.name, found.value, call.workspace, use), found.etag);
});

const listComputes: Operation = {
  ...reading,
  methods: ['GET'],
  path: 'computes',
  summary: 'Lists the computes by their names.',
  query: pageParameters,
  answers: { 200: 'ComputeList' },
};
route('listComputes', listComputes, async (call) => {
  const { size, token } = pageOf(call.request);
  const { computes } = call.services.registry;
  const found = await computes.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found.map((one) => computeResource(one.name, one.value, call.workspace));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

const putCompute: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces a compute.',
  body: 'compute',
  answers: { 200: 'Compute', 201: 'Compute' },
  answerHeaders: createdHeaders,
};
route('putCompute', putCompute, async (call) => {
  const { computes } = call.services.registry;
  const name = call.parameter('compute');
  const resource = restBodies.compute(await call.json());
  const { created } = await computes.register(name, resource, conditionOf(call.request));
  const made = await computes.get(name);
  await wakeThose(call, made.name);
  const answer = resourceAnswer(computeResource(made.name, made.value, call.workspace), made.etag, created);
  return created ? createdAnswer(call, `computes/${made.name}`, answer) : answer;
});

const patchCompute: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes a part of a compute.',
  body: 'compute',
  answers: { 200: 'Compute' },
};
route('patchCompute', patchCompute, async (call) => {
  const { computes } = call.services.registry;
  const patch = restPatch('compute', await call.json());
  const asked = conditionOf(call.request);
  return patched(computes, call.parameter('compute'), asked, async ({ name, value }, condition) => {
    const merged = mergePatch(computeResource(name, value, call.workspace), patch);
    await computes.register(name, restBodies.compute(merged), condition);
    const made = await computes.get(name);
    await wakeThose(call, made.name);
    return resourceAnswer(computeResource(made.name, made.value, call.workspace), made.etag);
  });
});

/** It may allow more than before: jobs and lanes that wait for that are told. */
async function wakeThose(call: Call, compute: string): Promise<void> {
  await wakeBy(call.client)(await call.services.places.freed(compute));
}

const deleteCompute: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary: 'Deletes a compute that no deployment uses.',
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
  refusals: ['ComputeInUse'],
};
route('deleteCompute', deleteCompute, async (call) => {
  const { registry, operations } = call.services;
  const compute = await registry.computes.find(call.parameter('compute'));
  if (compute === undefined) return { status: 204 };
  await refuseUsed(registry, compute.name);
  await registry.computes.remove(compute.name, conditionOf(call.request));
  return acceptedAnswer(call, await operations.add(`computes/${compute.name}`, 'Succeeded'));
});

async function refuseUsed(registry: Registry, compute: string): Promise<void> {
  for (const endpoint of await registry.endpoints.list()) {
    for (const deployment of await registry.deployments(endpoint.name).list()) {
      if (deployment.value.compute === compute) {
        throw failure('ComputeInUse', { compute, deployment: deployment.name, endpoint: endpoint.name });
      }
    }
  }
}
