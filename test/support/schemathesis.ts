import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProductHost } from '../../bench/product/productHost';
import { audiences } from '../../shared/security/audiences';
import { pythonWith } from './pythonPackages';

const root = join(__dirname, '../..');

/** The interpreter of an environment with schemathesis. */
export function schemathesisPython(): Promise<string> {
  return pythonWith(['schemathesis==4.32.5']);
}

/** Makes the environment before any test asks for it. */
export default async function prepare(): Promise<void> {
  await schemathesisPython();
}

/** What a run of schemathesis printed, and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Runs schemathesis against a host that `seed` was called for. */
export async function runSchemathesis(host: ProductHost, options: readonly string[]): Promise<Run> {
  const python = await schemathesisPython();
  const config = join(root, 'test/property/schemathesis.toml');
  const args = [
    '-m',
    'schemathesis.cli',
    '--config-file',
    config,
    'run',
    `${host.url}/openapi.json`,
    ...options,
  ];
  const child = spawn(python, args, { cwd: host.folder, env: { ...process.env, ...(await known(host)) } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, output };
}

/** What hooks.py puts into requests. */
async function known(host: ProductHost): Promise<Record<string, string>> {
  const tokens = {
    [audiences.data]: await host.token('data'),
    [audiences.management]: await host.token('management'),
  };
  const file = (path: string): string => pathToFileURL(join(host.folder, path)).href;
  const input = [file('input'), 'azureml:hearts:1', 'azureml://datastores/workspaceblobstore/paths/none'];
  const references = {
    assetId: ['azureml:hearts:1', 'azureml:hearts@latest'],
    codeId: ['azureml:hearts:1'],
    environmentId: ['azureml:hearts:1'],
    scoringScript: ['score.py'],
    compute: ['azureml:cpu'],
    modelUri: [file('model-hearts/model.txt'), file('nothing')],
    codeUri: [file('code-hearts'), file('model-hearts/model.txt')],
    dataUri: input,
    uri: input,
    path: input,
    deploymentName: ['main', 'other'],
    datasetName: ['hearts'],
    datasetVersion: ['1'],
    datastoreId: ['azureml:workspaceblobstore', 'azureml:mine'],
  };
  return {
    SCHEMATHESIS_HOOKS: 'hooks',
    PYTHONPATH: join(root, 'test/property'),
    PROPERTY_TOKENS: JSON.stringify(tokens),
    PROPERTY_NAMES: JSON.stringify(names),
    PROPERTY_REFERENCES: JSON.stringify(references),
    PROPERTY_SANDBOX: join(host.folder, 'stores'),
  };
}

/** Names of what is there by the places of paths; with the first of an endpoint or deployment everything goes on. */
export const names = {
  subscription: ['s'],
  group: ['g'],
  workspace: ['w'],
  endpoint: ['hearts', 'spare', 'other'],
  deployment: ['main', 'other'],
  compute: ['cpu', 'spare'],
  datastore: ['workspaceblobstore', 'mine', 'spare'],
  name: ['hearts', 'spare'],
  version: ['1', '2'],
  job: ['hearts-1', 'hearts-2'],
  file: ['logs/job_result.txt', 'named-outputs/score/predictions.csv', 'model.txt'],
};

const script = `
def run(mini_batch):
    print("scored", len(mini_batch))
    return mini_batch
`;

/** Makes what names of `names` lead to: an endpoint with a deployment and all that it needs, two jobs, a datastore. */
export async function seed(host: ProductHost): Promise<void> {
  await host.endpoint('hearts', script);
  await host.ask('PUT', '/environments/hearts/versions/1', { properties: {} });
  const data = { dataType: 'uri_folder', dataUri: pathToFileURL(host.inputs(3)).href };
  await host.ask('PUT', '/data/hearts/versions/1', { properties: data });
  const mine = { datastoreType: 'LocalFolder', folder: join(host.folder, 'stores/mine') };
  await host.ask('PUT', '/datastores/mine', { properties: mine });
  await host.ask('PUT', '/batchEndpoints/spare', { properties: {} });
  for (const name of ['hearts-1', 'hearts-2']) {
    await host.invoke('hearts', host.inputs(3), { name });
    await host.finished(name);
  }
}
