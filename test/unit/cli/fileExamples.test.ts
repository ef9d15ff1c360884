import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentBody } from '../../../cli/files/bodies';
import { readDefinition } from '../../../cli/files/definition';
import { fileExamples } from '../../../cli/files/fileExamples';
import { fileSchemas, type DefinitionKind } from '../../../cli/files/fileSchemas';
import { parseAssetReference } from '../../../shared/registry/references';
import deploymentSettings from '../../../shared/schemas/files/deploymentSettings.schema.json';
import { restBodies } from '../../../shared/schemas/restBodies';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (kind: DefinitionKind, file: string): unknown =>
  readDefinition(kind, { file, currentFolder: root, overlays: [] }).value;

const examples = Object.entries(fileExamples).flatMap(([kind, some]) =>
  some.map(([what, text]) => [kind as DefinitionKind, what, text] as const),
);

test.each(examples)('the example of %s, "%s", is read, and stands in docs/files.md', (kind, what, text) => {
  const file = join(folder, 'x.yml');
  writeFileSync(file, text);
  expect(() => read(kind, file)).not.toThrow();
  expect(readFileSync(join(root, 'docs/files.md'), 'utf8')).toContain(`\n${what}:\n\n\`\`\`yaml\n`);
});

test('every kind of file that users write has an example', () => {
  const kinds = Object.keys(fileSchemas).filter((kind) => kind !== 'deploymentUpdate');
  expect(Object.keys(fileExamples).sort()).toEqual(kinds.sort());
});

test.each(['batchEndpoint', 'compute', 'model', 'data', 'datastore'] as const)(
  'the defaults that the schema of %s names fit it',
  (kind) => {
    const least = kind === 'datastore' ? { type: 'azure_blob', account_name: 'a', container_name: 'c' } : {};
    const { type: _type, ...defaults } = defaultsOf(fileSchemas[kind]);
    const pathed = kind === 'model' || kind === 'data' ? { path: 'x' } : {};
    const file = join(folder, 'x.yml');
    writeFileSync(file, JSON.stringify({ name: 'abc', ...pathed, ...defaults, ...least }));
    expect(() => read(kind, file)).not.toThrow();
  },
);

test('the defaults of a deployment are those of the host', () => {
  const { properties } = deploymentSettings;
  const written = {
    ...defaultsOf(deploymentSettings),
    retry_settings: defaultsOf(properties.retry_settings),
  };
  const deployment = { name: 'abc', model: 'azureml:m:1', compute: 'azureml:c' };
  const assets = { model: 'azureml:m:1', code: undefined, environment: undefined };
  const body = (value: object): unknown =>
    restBodies.batchDeployment(
      JSON.parse(JSON.stringify(deploymentBody({ ...deployment, ...value }, assets))),
    );
  expect(body({ ...written, instance_count: 1 })).toEqual(body({}));
});

/** The defaults that the keys of a schema have. */
function defaultsOf({ properties }: { readonly properties: object }): Record<string, unknown> {
  const entries = Object.entries(properties as Record<string, { default?: unknown }>);
  return Object.fromEntries(
    entries.filter(([, one]) => one.default !== undefined).map(([key, one]) => [key, one.default]),
  );
}

const samples = join(root, '../shared/azureml-examples');
const missing = `the files of users are not beside the project (${samples})`;

if (!existsSync(samples)) {
  if (process.env['CI'] !== undefined) throw new Error(missing);
  test.skip(`skipped, as ${missing}`, () => undefined);
} else {
  /** What each file of users is, by its name. */
  const kinds: Readonly<Record<string, DefinitionKind>> = {
    'create-batch-endpoint.yml': 'batchEndpoint',
    'add-deployment.yml': 'batchDeployment',
    'endpoint.yml': 'batchEndpoint',
    'deployment.yml': 'batchDeployment',
    'heart-dataset-unlabeled.yml': 'data',
  };
  const files = globSync('**/*.yml', { cwd: samples }).filter(
    (file) => !file.endsWith('environment/conda.yml'),
  );

  test('all files of users are known', () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
    expect(files.filter((file) => kindOf(file) === undefined)).toEqual([]);
  });

  test.each(files)('the file of users %s is accepted', (file) => {
    const kind = kindOf(file) ?? 'batchEndpoint';
    expect(() => read(kind, join(samples, file))).not.toThrow();
  });

  test('the deployment of 2021 and those of 2026 are read into the same form', () => {
    const heart = '2026/cli/endpoints/batch/deploy-models/heart-classifier-mlflow';
    expect(
      read('batchDeployment', join(samples, '2021/cli/endpoints/batch/add-deployment.yml')),
    ).toMatchObject({
      model: { name: 'mnist-model', version: '1', path: './mnist/model/' },
      code_configuration: { code: './mnist/code/', scoring_script: 'digit_identification.py' },
      environment: { image: 'mcr.microsoft.com/azureml/intelmpi2018.3-ubuntu16.04:20210301.v1' },
      compute: 'azureml:cpu-cluster',
      instance_count: 1,
      mini_batch_size: 5,
    });
    expect(read('batchDeployment', join(samples, heart, 'deployment-custom/deployment.yml'))).toMatchObject({
      endpoint_name: 'heart-classifier-batch',
      code_configuration: { code: 'code', scoring_script: 'batch_driver.py' },
      compute: 'azureml:batch-cluster',
      instance_count: 2,
      mini_batch_size: 2,
      retry_settings: { max_retries: 3, timeout: 300 },
    });
    expect(parseAssetReference('models', 'azureml:heart-classifier-mlflow@latest')).toEqual({
      name: 'heart-classifier-mlflow',
    });
  });

  function kindOf(file: string): DefinitionKind | undefined {
    return kinds[file.split('/').at(-1) ?? ''];
  }
}
