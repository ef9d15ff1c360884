import { CommandLine } from '../../support/commandLine';
import { aProject, deploymentFile } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  cli.file('endpoint.yml', 'name: digits\ndescription: made by a test\nauth_mode: aad_token\ntags: {a: 1}\n');
  cli.file('one.yml', today('one'));
});
afterAll(() => cli.close());

const deployment = (verb: string, ...more: string[]): string[] => ['batch-deployment', verb, ...more];
const onDigits = ['--endpoint-name', 'digits'];

/** A deployment file in the form of today. */
function today(name: string, settings = 'mini_batch_size: 2'): string {
  return `name: ${name}
endpoint_name: elsewhere
type: model
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: code, scoring_script: echo.py}
compute: azureml:cpu-cluster
resources: {instance_count: 2}
settings: {${settings}}
`;
}

describe('an endpoint in the form of today', () => {
  test('is created without deployments, and changed where it is there already', async () => {
    const create = ['batch-endpoint', 'create', '-f', 'endpoint.yml'];
    expect(await cli.json([...create, '--no-wait'])).toEqual({
      name: 'digits',
      description: 'made by a test',
      auth_mode: 'aad_token',
      scoring_uri: expect.stringMatching(/\/batchEndpoints\/digits\/jobs$/) as string,
      defaults: { deployment_name: null },
      tags: { a: '1' },
      properties: {},
      provisioning_state: 'Succeeded',
      creation_context: expect.anything() as object,
      id: expect.stringMatching(/\/batchEndpoints\/digits$/) as string,
    });
    const again = await cli.json([...create, '--set', 'description=other', 'properties.p=1']);
    expect(again).toMatchObject({ description: 'other', properties: { p: '1' } });
    expect(await cli.json(['batch-endpoint', 'create', '-n', 'bare'])).toMatchObject({ name: 'bare' });
  });

  test('has no default deployment that is not there', async () => {
    const set = ['--defaults', 'deployment_name=nope'];
    const made = await cli.run(['batch-endpoint', 'create', '-n', 'other', ...set]);
    expect(made).toMatchObject({ code: 2, stdout: '' });
    expect(made.stderr).toContain("--defaults deployment_name: there is no deployment 'nope' yet.");
    const changed = await cli.run(['batch-endpoint', 'update', '-n', 'digits', ...set]);
    expect(changed.stderr).toContain("(DefaultDeploymentMissing) Endpoint 'digits' has no deployment 'nope'");
  });
});

describe('a deployment in the form of today', () => {
  test('is created for the endpoint of the command line, and shown with its settings in a block', async () => {
    const shown = await cli.json(deployment('create', '-f', 'one.yml', ...onDigits, '--set-default'));
    expect(shown).toEqual({
      name: 'one',
      endpoint_name: 'digits',
      type: 'model',
      model: 'azureml:weights:1',
      code_configuration: {
        code: expect.stringMatching(/^azureml:code-[0-9a-f]{16}:1$/) as string,
        scoring_script: 'echo.py',
      },
      compute: 'azureml:cpu-cluster',
      resources: { instance_count: 2 },
      settings: {
        mini_batch_size: 2,
        max_concurrency_per_instance: 1,
        output_action: 'append_row',
        output_file_name: 'predictions.csv',
        retry_settings: { max_retries: 3, timeout: 30 },
        error_threshold: -1,
        logging_level: 'info',
        environment_variables: {},
      },
      tags: {},
      properties: {},
      provisioning_state: 'Succeeded',
      id: expect.stringMatching(/\/batchEndpoints\/digits\/deployments\/one$/) as string,
    });
    expect(await cli.json(['endpoint', 'show', '-n', 'digits'])).toMatchObject({ traffic: { one: 100 } });
  });

  test('may be written as in 2021, and has the name and values of the command line', async () => {
    cli.file('two.yml', deploymentFile('two', 'echo.py'));
    const more = ['-n', 'green', '--set', 'settings.mini_batch_size=7', 'resources.instance_count=3'];
    expect(await cli.json(deployment('create', '-f', 'two.yml', ...onDigits, ...more))).toMatchObject({
      name: 'green',
      resources: { instance_count: 3 },
      settings: { mini_batch_size: 7, retry_settings: { max_retries: 1, timeout: 60 } },
    });
  });

  test('refers to registered code, by the id that its deployment shows', async () => {
    const code = (
      await cli.json(['endpoint', 'show', '-n', 'digits', '--query', 'deployments[?name==`one`] | [0]'])
    )['code_configuration'] as { code: string };
    const set = ['--set', `code_configuration.code=${code.code}`, 'name=by-reference'];
    expect(await cli.json(deployment('create', '-f', 'one.yml', ...onDigits, ...set))).toMatchObject({
      code_configuration: { code: code.code },
    });
    const gone = ['--set', 'code_configuration.code=azureml:code-gone:1'];
    const { stderr } = await cli.run(deployment('create', '-f', 'one.yml', ...onDigits, ...gone));
    expect(stderr).toContain("--set code_configuration.code: There is no code 'code-gone'");
  });

  test('is changed by single values, which leave the rest, and by a file, which leaves nothing', async () => {
    const named = ['-n', 'green', ...onDigits];
    const set = ['--set', 'retry_settings.timeout=5', 'settings.environment_variables.A=1', 'tags.t=2'];
    expect(await cli.json(deployment('update', ...named, ...set))).toMatchObject({
      tags: { t: '2' },
      settings: {
        mini_batch_size: 7,
        retry_settings: { max_retries: 1, timeout: 5 },
        environment_variables: { A: '1' },
      },
    });
    expect(await cli.json(deployment('update', '-f', 'one.yml', ...named))).toMatchObject({
      name: 'green',
      tags: {},
      settings: {
        mini_batch_size: 2,
        retry_settings: { max_retries: 3, timeout: 30 },
        environment_variables: {},
      },
    });
  });

  test('and its endpoint get labels with --add, lose them with --remove, and take text with --force-string', async () => {
    const named = ['-n', 'green', ...onDigits];
    const variables = ['settings.environment_variables', 'A=1', 'B=2'];
    const added = deployment('update', ...named, '--add', 'tags', 'a=1', 'b=2', ...variables);
    expect(await cli.json(added)).toMatchObject({
      tags: { a: '1', b: '2' },
      settings: { environment_variables: { A: '1', B: '2' } },
    });
    const remove = ['--remove', 'tags.a', 'settings.environment_variables.B'];
    expect(await cli.json(deployment('update', ...named, ...remove, '--set', 'description=x'))).toMatchObject(
      {
        description: 'x',
        tags: { b: '2' },
        settings: { environment_variables: { A: '1' }, mini_batch_size: 2 },
      },
    );
    expect(await cli.json(deployment('update', ...named, '--remove', 'description'))).not.toHaveProperty(
      'description',
    );
    const endpoint = ['batch-endpoint', 'update', '-n', 'digits'];
    expect(await cli.json([...endpoint, '--add', 'tags', 'c=[1]', '--force-string'])).toMatchObject({
      tags: { c: '[1]' },
    });
    expect(await cli.json([...endpoint, '--remove', 'tags.c'])).not.toHaveProperty('tags.c');
    for (const [line, said] of [
      [[...endpoint, '--remove', 'tags.c'], '--remove tags.c: there is nothing by that key'],
      [
        [...endpoint, '--remove', 'auth_mode'],
        '--remove auth_mode: what can be taken away is description, tags',
      ],
      [deployment('update', ...named, '--remove', 'model'), '--remove model: what can be taken away is'],
      [
        deployment('update', '-f', 'one.yml', ...named, '--remove', 'tags'),
        'A file replaces all of a deployment',
      ],
      [endpoint, '(NothingToChange)'],
      [deployment('update', ...named), '(NothingToChange)'],
    ] as const) {
      const { code, stderr } = await cli.run(line);
      expect(stderr).toContain(said);
      expect(code).toBe(2);
    }
  });

  test('becomes the default by every way of saying so', async () => {
    const update = ['batch-endpoint', 'update', '-n', 'digits'];
    const standard = { defaults: { deployment_name: 'green' } };
    const back = async (): Promise<unknown> => cli.json([...update, '--set', 'defaults.deployment_name=one']);
    for (const way of [
      ['--set', 'defaults.deployment_name=green'],
      ['--defaults', 'deployment_name=green'],
      ['--defaults', '{"deployment_name": "green"}'],
      ['--traffic', 'green:100'],
    ]) {
      expect(await back()).toMatchObject({ defaults: { deployment_name: 'one' } });
      expect(await cli.json([...update, ...way])).toMatchObject(standard);
    }
    await back();
    cli.file('changed.yml', 'name: other\ndescription: from a file\ndefaults: {deployment_name: green}\n');
    expect(await cli.json([...update, '-f', 'changed.yml'])).toMatchObject({
      ...standard,
      name: 'digits',
      description: 'from a file',
    });
    expect(await cli.json([...update, '--traffic', 'green:0'])).toMatchObject({
      defaults: { deployment_name: null },
    });
  });
});

describe('what is refused, before anything is made', () => {
  const create = (...more: string[]): string[] =>
    deployment('create', '-f', 'tried.yml', ...onDigits, ...more);
  test.each<[string, string, string, number?]>([
    [
      'a setting twice',
      `${today('tried')}mini_batch_size: 3\n`,
      'tried.yml:8:12: settings.mini_batch_size: this says the same as mini_batch_size in line 9: keep one of mini_batch_size and settings.mini_batch_size',
    ],
    [
      'nodes twice',
      today('tried').replace(
        'compute: azureml:cpu-cluster',
        'compute: {target: azureml:cpu-cluster, instance_count: 2}',
      ),
      'tried.yml:6:40: compute.instance_count: this says the same as resources.instance_count in line 7',
    ],
    [
      'a model twice',
      today('tried').replace('path: ./model', 'path: ./model, local_path: ./model'),
      'tried.yml:4:51: model.local_path: this says the same as model.path in line 4',
    ],
    [
      'a pipeline, of which nothing else is told',
      `${today('tried')}component: x\n`.replace('type: model', 'type: pipeline'),
      '(PipelineUnsupported) tried.yml:3:7: type: A deployment of a pipeline (type: pipeline) is not supported',
    ],
    [
      'an unknown key in the settings',
      today('tried', 'mini_batch_sise: 3'),
      "tried.yml:8:12: settings.mini_batch_sise: the key 'mini_batch_sise' is not known. Did you mean 'mini_batch_size'?",
    ],
    [
      'a wrong type in the settings',
      today('tried', 'mini_batch_size: many'),
      'tried.yml:8:29: settings.mini_batch_size: expected a whole number, but came "many"',
    ],
    [
      'a missing compute, at where it stands in this form',
      today('tried').replace('azureml:cpu-cluster', 'azureml:gone'),
      "tried.yml:6:10: compute: There is no compute 'gone'",
      3,
    ],
    [
      'a missing code folder, at where it stands in this form',
      today('tried').replace('code: code', 'code: gone'),
      '(AssetPathMissing) tried.yml:5:28: code_configuration.code: ',
    ],
    [
      'an asset of a registry',
      today('tried').replace(/model: \{.*\}/, 'model: azureml://registries/r/models/m/versions/1'),
      "(RegistryUnsupported) tried.yml:4:8: model: 'azureml://registries/r/models/m/versions/1' is in a registry",
    ],
    [
      'a model that is neither named nor brought',
      today('tried').replace(/model: \{.*\}/, 'model: {version: 1}'),
      "tried.yml:4:1: model: 'name' is missing",
    ],
  ])('%s', async (_what, content, said, code = 2) => {
    cli.file('tried.yml', content);
    const result = await cli.run(create());
    expect(result.stderr).toContain(said);
    expect(result).toMatchObject({ code, stdout: '' });
  });

  test('a value of the command line goes over the other way of saying it in the file', async () => {
    cli.file('tried.yml', today('tried'));
    const set = ['--set', 'mini_batch_size=9', '--query', 'settings.mini_batch_size'];
    expect((await cli.run(create(...set))).stdout).toBe('9\n');
  });

  test.each([
    [['create', '-f', 'two.yml'], "'endpoint_name' is missing: give it here, or as --endpoint-name"],
    [['create', '-f', 'one.yml', '--endpoint-name', 'gone'], "There is no endpoint 'gone'"],
    [['update', '-f', 'one.yml', ...onDigits, '-n', 'gone'], "There is no deployment 'gone'"],
    [['update', '--set', 'settings.mini_batch_size=1'], 'Without --file, --name and --endpoint-name'],
    [['update', '-n', 'one', ...onDigits], '(NothingToChange)'],
    [['update', '-n', 'one', ...onDigits, '--set', 'settings.mini=1'], "Did you mean 'mini_batch_size'?"],
    [['update', '-n', 'one', ...onDigits, '--set', 'model=azureml:gone:1'], "There is no model 'gone'"],
  ])('batch-deployment %j', async (args, said) => {
    const { code, stderr } = await cli.run(['batch-deployment', ...args]);
    expect(stderr).toContain(said);
    expect(code).not.toBe(0);
  });

  test.each([
    [['-n', 'digits'], '(NothingToChange)'],
    [['--set', 'description=x'], "'name' is missing: give it here, or as --name"],
    [
      ['-n', 'digits', '--set', 'name=other'],
      "the name of an endpoint never changes, and this one is 'digits'",
    ],
    [
      ['-n', 'digits', '--set', 'defaults.deployment_name=one', '--traffic', 'green:100'],
      "the default deployment is 'one', and all the traffic goes to 'green' by --traffic green:100",
    ],
    [['-n', 'digits', '--defaults', 'deployment=one'], "Did you mean 'deployment_name'?"],
    [['-n', 'digits', '--defaults', 'one'], '--defaults takes key=value'],
  ])('batch-endpoint update %j', async (args, said) => {
    const { code, stderr } = await cli.run(['batch-endpoint', 'update', ...args]);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });
});

test('what is accepted and not used is said once', async () => {
  cli.file(
    'compute.yml',
    `name: odd
type: amlcompute
size: STANDARD_DS3_V2
min_instances: 0
max_instances: 2
idle_time_before_scale_down: 120
tier: low_priority
location: westeurope
identity: {type: system_assigned}
network_settings: {vnet_name: x}
ssh_settings: {admin_username: x}
`,
  );
  const { code, stderr } = await cli.run(['compute', 'create', '-f', 'compute.yml']);
  expect(stderr).toBe(
    "WARNING: Accepted, and not used by Batchpoint: 'idle_time_before_scale_down' in line 6, 'tier' in line 7, 'location' in line 8, 'identity' in line 9, 'network_settings' in line 10, 'ssh_settings' in line 11.\n",
  );
  expect(code).toBe(0);
});
