import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job } from '../../shared/jobs/jobStore';
import { checkedDeployment } from '../../shared/registry/deploymentChecks';
import { restBodies } from '../../shared/schemas/restBodies';
import type { Workspace } from './workspace';

/** A model of `test/support/onnx`, by its name. */
export function onnxModel(name: string): string {
  return join(__dirname, 'onnx', `${name}.onnx`);
}

/** Makes an endpoint with one deployment of a model without a script; answers what the deployment is. */
export async function deployModel(
  { services }: Workspace,
  endpoint: string,
  model: string,
  properties: object = {},
): Promise<Awaited<ReturnType<typeof checkedDeployment>>> {
  const { registry } = services;
  await registry.computes.register(
    'cpu',
    restBodies.compute({ properties: { properties: { scaleSettings: { maxNodeCount: 8 } } } }),
  );
  const modelUri = pathToFileURL(model).href;
  await registry.models.register(endpoint, '1', restBodies.modelVersion({ properties: { modelUri } }));
  const body = restBodies.batchDeployment({
    properties: {
      model: { referenceType: 'Id', assetId: `azureml:${endpoint}:1` },
      compute: 'azureml:cpu',
      miniBatchSize: 10,
      ...properties,
    },
  });
  const deployment = await checkedDeployment(registry, 'main', body, new Date().toISOString());
  await registry.deployments(endpoint).put('main', deployment);
  const defaults = { properties: { defaults: { deploymentName: 'main' } } };
  await registry.endpoints.register(endpoint, restBodies.batchEndpoint(defaults));
  return deployment;
}

/** Deploys a model, and scores a folder with it. */
export async function scoreWith(
  workspace: Workspace,
  endpoint: string,
  model: string,
  input: string,
  properties: object = {},
): Promise<Job> {
  await deployModel(workspace, endpoint, model, properties);
  return workspace.run(await workspace.invoke(endpoint, input));
}
