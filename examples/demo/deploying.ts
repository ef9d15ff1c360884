import { join } from 'node:path';
import { shortPath, type Stage } from './stage';

/** What is deployed: the names of the endpoint and of the model are the same. */
export interface Deploying {
  readonly name: string;
  /** The folder of the example, with its YAML files. */
  readonly example: string;
  readonly modelFolder: string;
  readonly modelType: 'custom_model' | 'mlflow_model';
}

/**
 * Registers the model as its next version and deploys it. What is there from a run before is used: the endpoint stays,
 * and its deployment is replaced by what the file says now.
 */
export async function deploy({ batchpoint, root }: Stage, deploying: Deploying): Promise<void> {
  const { name, example, modelFolder, modelType } = deploying;
  const file = (...path: string[]): string => shortPath(join(root, 'examples', ...path));
  await batchpoint.show('compute', 'create', '--file', file('compute.yml'), '-o', 'none');
  const model = ['--name', name, '--path', shortPath(modelFolder), '--type', modelType];
  await batchpoint.show('model', 'create', ...model, '-o', 'table');
  const endpoint = ['--type', 'batch', '--name', name];
  if (!(await batchpoint.has('endpoint', 'show', ...endpoint))) {
    const create = ['--type', 'batch', '--file', file(example, 'endpoint.yml')];
    await batchpoint.show('endpoint', 'create', ...create, '-o', 'none');
  }
  const deployment = ['--deployment-file', file(example, 'deployment.yml'), '--traffic', 'main:100'];
  await batchpoint.show('endpoint', 'update', ...endpoint, ...deployment, '-o', 'none');
}
