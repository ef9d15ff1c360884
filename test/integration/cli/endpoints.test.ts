import { CommandLine } from '../../support/commandLine';
import { aProject, deploymentFile, endpointFile } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
});
afterAll(() => cli.close());

const create = ['endpoint', 'create', '--type', 'batch', '--file', 'endpoint.yml'];
const update = ['endpoint', 'update', '--type', 'batch', '--name', 'digits'];

test('an endpoint is created with its deployments, in the words of az', async () => {
  const endpoint = await cli.json(create);
  expect(endpoint).toMatchObject({
    name: 'digits',
    type: 'batch',
    description: 'made by a test',
    auth_mode: 'aad_token',
    scoring_uri: expect.stringMatching(/\/batchEndpoints\/digits\/jobs$/) as string,
    traffic: { one: 100 },
    defaults: { deployment_name: 'one' },
    provisioning_state: 'Succeeded',
    deployments: [
      {
        name: 'one',
        model: 'azureml:weights:1',
        code_configuration: {
          code: expect.stringMatching(/^azureml:code-[0-9a-f]{16}:1$/) as string,
          scoring_script: 'echo.py',
        },
        compute: { target: 'azureml:cpu-cluster', instance_count: 2 },
        mini_batch_size: 2,
        max_concurrency_per_instance: 1,
        output_action: 'append_row',
        output_file_name: 'predictions.csv',
        retry_settings: { max_retries: 3, timeout: 30 },
        error_threshold: -1,
        logging_level: 'info',
        environment_variables: {},
      },
    ],
  });
  expect(await cli.json(['endpoint', 'show', '--name', 'digits', '--type', 'batch'])).toEqual(endpoint);
  const { deployments: _deployments, ...listed } = endpoint;
  expect(await cli.json(['endpoint', 'list', '--type', 'batch'])).toEqual([listed]);
});

test('an endpoint that is there already is not created again', async () => {
  const { code, stderr } = await cli.run(create);
  expect(code).toBe(1);
  expect(stderr).toContain("(EndpointExists) endpoint.yml:2:7: name: There is an endpoint 'digits' already.");
});

test('name and other values go over those of the file, typed as they look', async () => {
  const set = [
    'description=5',
    'tags.a=1',
    'deployments[0].mini_batch_size=7',
    'deployments.0.error_threshold=0',
  ];
  const more = ['deployments[0].environment_variables={"A":"b c"}', 'deployments[0].logging_level=DEBUG'];
  expect(await cli.json([...create, '-n', 'other', '--set', ...set, ...more])).toMatchObject({
    name: 'other',
    description: '5',
    tags: { a: '1' },
    deployments: [
      { mini_batch_size: 7, error_threshold: 0, environment_variables: { A: 'b c' }, logging_level: 'debug' },
    ],
  });
});

test('a deployment may say more than in 2021, and refer to what is registered', async () => {
  cli.file(
    'deployment.yml',
    deploymentFile(
      'full',
      'echo.py',
      `description: says everything
tags: {team: 1}
output_action: summary_only
max_concurrency_per_instance: 3
environment_variables: {RATE: 1.10, ON: true}
environment: {name: env, conda_file: {dependencies: [{pip: []}]}}
`,
    ).replace(/model: \{.*\}/, 'model: azureml:weights@latest'),
  );
  const { deployments } = await cli.json<{ deployments: object[] }>([
    ...update,
    '--deployment-file',
    'deployment.yml',
  ]);
  expect(deployments).toHaveLength(2);
  expect(deployments[0]).toMatchObject({
    name: 'full',
    description: 'says everything',
    tags: { team: '1' },
    model: 'azureml:weights:1',
    environment: 'azureml:env:1',
    output_action: 'summary_only',
    max_concurrency_per_instance: 3,
    environment_variables: { RATE: '1.10', ON: 'true' },
  });
});

test('a deployment is replaced by one of the same name, and the traffic moves with it in one go', async () => {
  cli.file('deployment.yml', deploymentFile('full', 'picky.py'));
  const endpoint = await cli.json([
    ...update,
    '--deployment-file',
    'deployment.yml',
    '--traffic',
    'full:100',
  ]);
  expect(endpoint).toMatchObject({
    traffic: { full: 100, one: 0 },
    deployments: [{ name: 'full', code_configuration: { scoring_script: 'picky.py' } }, { name: 'one' }],
  });
});

test('traffic is 0 or 100 of one deployment', async () => {
  const traffic = (...values: string[]): string[] => [...update, '--traffic', ...values];
  expect(await cli.json(traffic('one:100'))).toMatchObject({ traffic: { full: 0, one: 100 } });
  expect(await cli.json(traffic('full:0'))).toMatchObject({ traffic: { full: 0, one: 100 } });
  expect(await cli.json(traffic('one:0'))).toMatchObject({ traffic: { full: 0, one: 0 } });
  expect(await cli.json(traffic('one=0,full=100'))).toMatchObject({ traffic: { full: 100, one: 0 } });
  expect(await cli.json([...update, '--set', 'traffic.one=100'])).toMatchObject({
    traffic: { full: 0, one: 100 },
  });
  const refused: [string[], number, string][] = [
    [['one:50'], 2, '--traffic one:50: expected one of 0, 100, but came 50'],
    [['one'], 2, '--traffic takes <deployment>:<0 or 100>'],
    [['one:100', 'full:100'], 2, "the traffic goes to one deployment, and 'one' has 100 already"],
    [['nowhere:100'], 3, "(DefaultDeploymentMissing) Endpoint 'digits' has no deployment 'nowhere'"],
  ];
  for (const [values, code, said] of refused) {
    const result = await cli.run(traffic(...values));
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(said) as string });
  }
});

test('description and tags are changed, and nothing to change is an error', async () => {
  const changed = await cli.json([...update, '--description', 'new words', '--set', 'tags.team=b']);
  expect(changed).toMatchObject({ description: 'new words', tags: { team: 'b' }, traffic: { one: 100 } });
  expect(await cli.json([...update, '--set', 'description=last'])).toMatchObject({ description: 'last' });
  expect(await cli.run(update)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('(NothingToChange)') as string,
  });
  const odd = await cli.run([...update, '--set', 'desc=x']);
  expect(odd.stderr).toContain("--set desc: the key 'desc' is not known. Did you mean 'description'?");
  expect((await cli.run(['endpoint', 'update', '-n', 'nowhere', '--description', 'x'])).code).toBe(3);
});

test('an endpoint without traffic is created with a word on it', async () => {
  cli.file('quiet.yml', endpointFile('quiet', 'echo.py').replace('one: 100', 'one: 0'));
  const { code, stderr } = await cli.run(['endpoint', 'create', '-f', 'quiet.yml']);
  expect(code).toBe(0);
  expect(stderr).toContain("WARNING: No deployment of endpoint 'quiet' has traffic");
  const invoked = await cli.run(['endpoint', 'invoke', '-n', 'quiet', '--input-local-path', 'input']);
  expect(invoked).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No valid deployments to route to') as string,
  });
});

describe('a version that is there with other content', () => {
  const changed = (text: string): string => text.replace('./model', './changed');
  beforeAll(() => cli.file('changed/weights.txt', 'other'));

  test('is told with its place, and nothing of the file is made', async () => {
    const one = endpointFile('late', 'echo.py').replace('name: weights', 'name: fresh');
    const two = deploymentFile('two', 'echo.py').replace(/^/gm, '    ').replace('    name', '  - name');
    cli.file('late.yml', `${one}${changed(two)}`.trimEnd());
    const late = await cli.run(['endpoint', 'create', '-f', 'late.yml']);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain(
      "ERROR: (VersionExists) late.yml:20:37: deployments[1].model.version: Version 1 of model 'weights' exists with other content",
    );
    expect((await cli.run(['endpoint', 'show', '-n', 'late'])).code).toBe(3);
    expect((await cli.run(['model', 'show', '-n', 'fresh'])).code).toBe(3);
  });

  test('of one file is told too', async () => {
    const one = endpointFile('late', 'echo.py').replace('name: weights', 'name: fresh');
    const again = changed(one.split('deployments:\n')[1] ?? '').replace('name: one', 'name: two');
    cli.file('late.yml', `${one}${again}`);
    const late = await cli.run(['endpoint', 'create', '-f', 'late.yml']);
    expect(late.code).toBe(2);
    expect(late.stderr).toContain(
      "deployments[1].model.version: another deployment here gives version 1 of model 'fresh' other content",
    );
    expect((await cli.run(['model', 'show', '-n', 'fresh'])).code).toBe(3);
  });

  test('of an environment is told with its place', async () => {
    const create = ['environment', 'create', '-n', 'fixed', '-v', '1', '--image', 'an/image'];
    expect((await cli.run(create)).code).toBe(0);
    const file = (image: string): string =>
      `${endpointFile('late', 'echo.py')}    environment: {name: fixed, version: 1, image: ${image}}\n`;
    cli.file('late.yml', file('another/image'));
    const late = await cli.run(['endpoint', 'create', '-f', 'late.yml']);
    expect(late.stderr).toContain('(VersionExists) late.yml:19:41: deployments[0].environment.version');
    cli.file('same.yml', file('an/image'));
    expect((await cli.run(['endpoint', 'create', '-f', 'same.yml', '-n', 'same-image'])).code).toBe(0);
    expect((await cli.run(['endpoint', 'delete', '-n', 'same-image', '-y'])).code).toBe(0);
  });

  test('adds no deployment', async () => {
    cli.file('deployment.yml', changed(deploymentFile('added', 'echo.py')));
    const update = ['endpoint', 'update', '-n', 'digits', '--deployment-file', 'deployment.yml'];
    const { code, stderr } = await cli.run(update);
    expect(code).toBe(1);
    expect(stderr).toContain('(VersionExists) deployment.yml:2:33: model.version: ');
    const names = ['endpoint', 'show', '-n', 'digits', '--query', 'deployments[].name'];
    expect(await cli.json(names)).toEqual(['full', 'one']);
  });
});

test('an endpoint is deleted with its deployments, once nobody has to be asked', async () => {
  const asked = await cli.run(['endpoint', 'delete', '-n', 'other', '--type', 'batch']);
  expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('(ConfirmationNeeded)') as string });
  expect((await cli.run(['endpoint', 'delete', '-n', 'other', '--type', 'batch', '-y'])).code).toBe(0);
  expect((await cli.run(['endpoint', 'show', '-n', 'other'])).code).toBe(3);
  expect((await cli.run(['endpoint', 'delete', '-n', 'other', '--yes'])).code).toBe(3);
});
