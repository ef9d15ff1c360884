import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProductHost } from '../product/productHost';

/** What is deployed: a model, with a script or without one. */
interface Deploying {
  readonly model: string;
  readonly script?: string;
  readonly settings: object;
}

/** Makes an endpoint of a model; what Python needs is in the interpreter of the host. */
export async function deployModel(
  host: ProductHost,
  name: string,
  { model, script, settings }: Deploying,
): Promise<void> {
  const modelType = script === undefined ? 'mlflow_model' : 'custom_model';
  const isBare = script === undefined && name === 'network';
  await host.ask('PUT', '/computes/cpu', {
    properties: { properties: { scaleSettings: { maxNodeCount: 8 } } },
  });
  await host.ask('PUT', '/environments/plain/versions/1', { properties: {} });
  await host.ask('PUT', `/models/${name}/versions/1`, {
    properties: { modelUri: pathToFileURL(model).href, modelType: isBare ? 'custom_model' : modelType },
  });
  if (script !== undefined) {
    host.write(`code-${name}/score.py`, script);
    const codeUri = pathToFileURL(join(host.folder, `code-${name}`)).href;
    await host.ask('PUT', `/codes/${name}/versions/1`, { properties: { codeUri } });
  }
  await host.ask('PUT', `/batchEndpoints/${name}`, { properties: {} });
  await host.ask('PUT', `/batchEndpoints/${name}/deployments/main`, {
    properties: {
      model: { referenceType: 'Id', assetId: `azureml:${name}:1` },
      ...(script === undefined
        ? {}
        : { codeConfiguration: { codeId: `azureml:${name}:1`, scoringScript: 'score.py' } }),
      environmentId: 'azureml:plain:1',
      compute: 'azureml:cpu',
      ...settings,
    },
  });
  await host.ask('PATCH', `/batchEndpoints/${name}`, {
    properties: { defaults: { deploymentName: 'main' } },
  });
}
