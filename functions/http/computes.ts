import { failure } from '../../shared/errors/batchpointError';
import type { Registry } from '../../shared/registry/registry';
import { restBodies } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { computeResource } from './resources/computeResource';
import { route } from './route';

const path = 'computes/{compute}';
const audience = 'management';

route('getCompute', { methods: ['GET'], path, audience }, async (call) => {
  const found = await call.services.registry.computes.get(call.parameter('compute'));
  return resourceAnswer(computeResource(found.name, found.value, call.workspace), found.etag);
});

route('listComputes', { methods: ['GET'], path: 'computes', audience }, async (call) => {
  const { size, token } = pageOf(call.request);
  const { computes } = call.services.registry;
  const found = await computes.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found.map((one) => computeResource(one.name, one.value, call.workspace));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

route('putCompute', { methods: ['PUT'], path, audience }, async (call) => {
  const { computes } = call.services.registry;
  const name = call.parameter('compute');
  const resource = restBodies.compute(await call.json());
  const { created } = await computes.register(name, resource, conditionOf(call.request));
  const made = await computes.get(name);
  return resourceAnswer(computeResource(made.name, made.value, call.workspace), made.etag, created);
});

route('deleteCompute', { methods: ['DELETE'], path, audience }, async (call) => {
  const { registry } = call.services;
  const compute = await registry.computes.find(call.parameter('compute'));
  if (compute === undefined) return { status: 204 };
  await refuseUsed(registry, compute.name);
  await registry.computes.remove(compute.name, conditionOf(call.request));
  return { status: 200 };
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
