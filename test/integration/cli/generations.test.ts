import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
let token = '';
beforeAll(async () => {
  aProject(cli);
  cli.file('conda.yml', 'dependencies:\n  - pip: []\n');
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  token = await text('account get-access-token --resource https://management.azure.com --query accessToken');
});
afterAll(() => cli.close());

const text = async (line: string): Promise<string> =>
  (await cli.run([...line.split(' '), '-o', 'tsv'])).stdout.trim();

interface DeploymentAnswer {
  readonly tags: object;
  readonly properties: object;
}

/** A deployment as the host answers it. */
async function resource(endpoint: string, deployment: string): Promise<DeploymentAnswer> {
  const id = await text(`endpoint show -n ${endpoint} --query id`);
  const answer = await fetch(`${cli.hostInfo()?.url ?? ''}${id}/deployments/${deployment}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { tags, properties } = (await answer.json()) as DeploymentAnswer;
  return { tags, properties };
}

const g1 = `name: gen1
type: batch
deployments:
  - name: same
    model: {name: weights, version: 1, local_path: ./model}
    code_configuration: {code: {local_path: ./code}, scoring_script: echo.py}
    environment: {name: env, version: 1, conda_file: file:./conda.yml, docker: {image: one/image}}
    compute: {target: azureml:cpu-cluster, instance_count: 3}
    mini_batch_size: 4
    max_concurrency_per_instance: 2
    output_action: summary_only
    output_file_name: rows.csv
    retry_settings: {max_retries: 2, timeout: 90}
    error_threshold: 7
    logging_level: debug
    environment_variables: {RATE: 1.10}
`;

const g2 = `name: same
endpoint_name: gen2
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: ./code, scoring_script: echo.py}
environment: {name: env, version: 1, conda_file: conda.yml, image: one/image}
compute: azureml:cpu-cluster
resources: {instance_count: 3}
mini_batch_size: 4
max_concurrency_per_instance: 2
output_action: summary_only
output_file_name: rows.csv
retry_settings: {max_retries: 2, timeout: 90}
error_threshold: 7
logging_level: debug
environment_variables: {RATE: 1.10}
`;

const g3 = `name: same
endpoint_name: gen3
type: model
model: azureml:weights@latest
code_configuration: {code: code, scoring_script: echo.py}
environment: azureml:env:1
compute: azureml:cpu-cluster
resources: {instance_count: 3}
settings:
  mini_batch_size: 4
  max_concurrency_per_instance: 2
  output_action: summary_only
  output_file_name: rows.csv
  retry_settings: {max_retries: 2, timeout: 90}
  error_threshold: 7
  logging_level: debug
  environment_variables: {RATE: 1.10}
`;

test('one deployment in the files of three generations is one resource of the host', async () => {
  cli.file('g1.yml', g1);
  await cli.json(['endpoint', 'create', '--type', 'batch', '-f', 'g1.yml']);
  for (const [name, content] of Object.entries({ gen2: g2, gen3: g3 })) {
    cli.file(`${name}.yml`, content);
    await cli.json(['batch-endpoint', 'create', '-n', name]);
    await cli.json(['batch-deployment', 'create', '-f', `${name}.yml`]);
  }
  const first = await resource('gen1', 'same');
  expect(first.properties).toMatchObject({
    resources: { instanceCount: 3 },
    miniBatchSize: 4,
    maxConcurrencyPerInstance: 2,
    outputAction: 'SummaryOnly',
    outputFileName: 'rows.csv',
    retrySettings: { maxRetries: 2, timeout: 'PT90S' },
    errorThreshold: 7,
    loggingLevel: 'Debug',
    environmentVariables: { RATE: '1.10' },
    environmentId: expect.stringMatching(/\/environments\/env\/versions\/1$/) as string,
  });
  expect(await resource('gen2', 'same')).toEqual(first);
  expect(await resource('gen3', 'same')).toEqual(first);
});

test('a deployment that leaves out what it may has the defaults of the schemas, in every generation', async () => {
  const shared = 'model: azureml:weights:1\ncode_configuration: {code: code, scoring_script: echo.py}\n';
  cli.file('least.yml', `name: least\n${shared}compute: azureml:cpu-cluster\n`);
  cli.file('least1.yml', `name: least\n${shared}compute: {target: azureml:cpu-cluster}\n`);
  await cli.json(['batch-deployment', 'create', '-f', 'least.yml', '--endpoint-name', 'gen3']);
  await cli.json(['endpoint', 'update', '-n', 'gen1', '--deployment-file', 'least1.yml']);
  const first = await resource('gen3', 'least');
  expect(first.properties).toMatchObject({ miniBatchSize: 10, retrySettings: { timeout: 'PT30S' } });
  expect(await resource('gen1', 'least')).toEqual(first);
});

test('assets without names get them from their content, and the same content is one asset', async () => {
  const anonymous = g2
    .replace('name: weights, version: 1, ', '')
    .replace('name: env, version: 1, ', '')
    .replace('name: same', 'name: anonymous');
  cli.file('anonymous.yml', anonymous);
  const create = ['batch-deployment', 'create', '-f', 'anonymous.yml', '--endpoint-name'];
  const one = await cli.json([...create, 'gen2']);
  expect(one).toMatchObject({
    model: expect.stringMatching(/^azureml:model-[0-9a-f]{16}:1$/) as string,
    environment: expect.stringMatching(/^azureml:environment-[0-9a-f]{16}:1$/) as string,
  });
  const { model, environment } = await cli.json([...create, 'gen3']);
  expect({ model, environment }).toEqual({ model: one['model'], environment: one['environment'] });
});
