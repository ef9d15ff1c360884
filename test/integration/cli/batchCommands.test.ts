import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
const jobs: string[] = [];
const onDigits = ['--endpoint-name', 'digits'];

beforeAll(async () => {
  aProject(cli, 2);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  for (const name of ['digits', 'empty']) await cli.json(['batch-endpoint', 'create', '-n', name]);
  for (const [name, script] of [
    ['one', 'echo.py'],
    ['two', 'echo.py'],
    ['slow', 'waiting.py'],
  ] as const) {
    cli.file('deployment.yml', deploymentFile(name, script));
    await cli.json(['batch-deployment', 'create', '-f', 'deployment.yml', ...onDigits, '--only-show-errors']);
  }
  await cli.json(['batch-endpoint', 'update', '-n', 'digits', '--set', 'defaults.deployment_name=one']);
  for (const deployment of ['one', 'two', 'one']) {
    const started = await invoke(deployment);
    jobs.unshift(started);
    await cli.run(['job', 'stream', '-n', started]);
  }
});
afterAll(() => cli.close());

function deploymentFile(name: string, script: string): string {
  return `name: ${name}
type: model
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: code, scoring_script: ${script}}
compute: azureml:cpu-cluster
`;
}

async function invoke(deployment: string): Promise<string> {
  const line = [
    'endpoint',
    'invoke',
    '-n',
    'digits',
    '--deployment',
    deployment,
    '--input-local-path',
    'input',
  ];
  return (await cli.json<{ name: string }>(line)).name;
}

const names = (...line: string[]): Promise<unknown> => cli.json([...line, '--query', '[].name']);

describe('batch-endpoint', () => {
  test('show: an endpoint in the form of today', async () => {
    const shown = await cli.json(['batch-endpoint', 'show', '--name', 'digits']);
    expect(shown).toMatchObject({
      name: 'digits',
      auth_mode: 'aad_token',
      defaults: { deployment_name: 'one' },
      scoring_uri: expect.stringMatching(/\/batchEndpoints\/digits\/jobs$/) as string,
    });
    expect(shown).not.toHaveProperty('traffic');
    const table = await cli.run(['batch-endpoint', 'show', '-n', 'digits', '-o', 'table']);
    expect(table.stdout).toMatch(/^Name +Default +State\n/);
    expect((await cli.run(['batch-endpoint', 'show', '-n', 'nowhere'])).code).toBe(3);
  });

  test('list: as many as are asked for with --max-results', async () => {
    expect(await names('batch-endpoint', 'list')).toEqual(['digits', 'empty']);
    expect(await names('batch-endpoint', 'list', '--max-results', '1')).toEqual(['digits']);
    expect(await names('endpoint', 'list', '--type', 'batch', '-r', '1')).toEqual(['digits']);
  });

  test('list-jobs: of all deployments, as many and as archived as is asked for', async () => {
    const list = ['batch-endpoint', 'list-jobs', '--name', 'digits'];
    const before = ['endpoint', 'list-jobs', '--type', 'batch', '--name', 'digits'];
    expect(await names(...before, '--max-results', '2')).toEqual(jobs.slice(0, 2));
    expect(await names(...before, '--all-results', '--include-archived')).toEqual(jobs);
    expect(await names(...before, '--archived-only')).toEqual([]);
    expect(await names(...list)).toEqual(jobs);
    expect(await names(...list, '--max-results', '2')).toEqual(jobs.slice(0, 2));
    expect(await names(...list, '--all-results')).toEqual(jobs);
    await cli.run(['job', 'archive', '-n', jobs[0] ?? '']);
    expect(await names(...list)).toEqual(jobs.slice(1));
    expect(await names(...list, '--archived-only')).toEqual(jobs.slice(0, 1));
    expect(await names(...list, '--include-archived')).toEqual(jobs);
    await cli.run(['job', 'restore', '-n', jobs[0] ?? '']);
    expect((await cli.run(['batch-endpoint', 'list-jobs', '-n', 'nowhere'])).code).toBe(3);
  });
});

describe('batch-deployment', () => {
  test('show: a deployment in the form of today', async () => {
    const line = ['batch-deployment', 'show', '--name', 'one'];
    expect(await cli.json([...line, ...onDigits])).toMatchObject({
      name: 'one',
      endpoint_name: 'digits',
      type: 'model',
      model: 'azureml:weights:1',
      compute: 'azureml:cpu-cluster',
      resources: { instance_count: 1 },
      settings: { mini_batch_size: 10, output_action: 'append_row' },
    });
    const table = await cli.run([...line, '-e', 'digits', '-o', 'table']);
    expect(table.stdout).toMatch(/^Name +Endpoint +Model +Compute +Instances +MiniBatchSize +State\n/);
    expect((await cli.run([...line, '-e', 'empty'])).code).toBe(3);
    const without = await cli.run(line);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--endpoint-name') as string });
  });

  test('list: as many as are asked for with --max-results', async () => {
    expect(await names('batch-deployment', 'list', ...onDigits)).toEqual(['one', 'slow', 'two']);
    expect(await names('batch-deployment', 'list', '-e', 'digits', '-r', '2')).toEqual(['one', 'slow']);
    expect(await names('batch-deployment', 'list', '-e', 'empty')).toEqual([]);
    expect((await cli.run(['batch-deployment', 'list', '-e', 'nowhere'])).code).toBe(3);
  });

  test('list-jobs: of one deployment', async () => {
    const list = ['batch-deployment', 'list-jobs', ...onDigits];
    expect(await names(...list, '--name', 'two')).toEqual([jobs[1]]);
    expect(await names(...list, '-n', 'one', '--max-results', '1')).toEqual([jobs[0]]);
    expect(await names(...list, '-n', 'one', '--all-results', '--include-archived')).toEqual([
      jobs[0],
      jobs[2],
    ]);
    expect(await names(...list, '-n', 'one', '--archived-only')).toEqual([]);
    expect((await cli.run([...list, '-n', 'nowhere'])).code).toBe(3);
  });

  test('delete, once nobody has to be asked, but never the default one', async () => {
    const line = ['batch-deployment', 'delete', ...onDigits];
    const asked = await cli.run([...line, '--name', 'two']);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain("(ConfirmationNeeded) This deletes deployment 'two' of endpoint 'digits'");
    expect(await cli.run([...line, '-n', 'two', '-y'])).toMatchObject({ code: 0, stdout: '' });
    expect(await names('batch-deployment', 'list', ...onDigits)).toEqual(['one', 'slow']);
    const standard = await cli.run([...line, '-n', 'one', '--yes']);
    expect(standard).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(DefaultDeploymentInUse)') as string,
    });
  });

  test('delete --force cancels the jobs that run, and waits for their end', async () => {
    const line = ['batch-deployment', 'delete', '-n', 'slow', ...onDigits, '-y'];
    const running = await invoke('slow');
    const refused = await cli.run(line);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(DeploymentInUse)') as string,
    });
    expect(await cli.run([...line, '--force'])).toMatchObject({ code: 0, stdout: '' });
    expect(await cli.json(['job', 'show', '-n', running, '--query', 'status'])).toBe('Canceled');
    expect((await cli.run(['batch-deployment', 'show', '-n', 'slow', ...onDigits])).code).toBe(3);
  });
});

describe('an endpoint with jobs that run', () => {
  test('is deleted with --force alone, of either group', async () => {
    for (const [group, more] of [
      ['batch-endpoint', []],
      ['endpoint', ['--type', 'batch', '--no-wait']],
    ] as const) {
      const name = `busy-${group}`;
      await cli.json(['batch-endpoint', 'create', '-n', name]);
      cli.file('deployment.yml', deploymentFile('slow', 'waiting.py'));
      const create = ['batch-deployment', 'create', '-f', 'deployment.yml', '-e', name, '--set-default'];
      await cli.json([...create.map((word) => (word === '-e' ? '--endpoint-name' : word))]);
      const started = await cli.json<{ name: string }>([
        'endpoint',
        'invoke',
        '-n',
        name,
        '--input-local-path',
        'input',
      ]);
      const line = [group, 'delete', '-n', name, '--yes', ...more];
      const refused = await cli.run(line);
      expect(refused).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('(EndpointInUse)') as string,
      });
      expect(await cli.run([...line, '--force'])).toMatchObject({ code: 0, stdout: '' });
      // With --no-wait, the end may still be to come.
      await cli.run(['job', 'stream', '-n', started.name]);
      expect(await cli.json(['job', 'show', '-n', started.name, '--query', 'status'])).toBe('Canceled');
    }
    const none = ['batch-deployment', 'delete', '-n', 'slow', '-e', 'empty', '-y', '--no-wait'];
    expect((await cli.run(none)).code).toBe(3);
    const gone = ['batch-endpoint', 'delete', '-n', 'busy-batch-endpoint', '-y'];
    expect((await cli.run(gone)).code).toBe(3);
    expect((await cli.run(['batch-endpoint', 'delete', '--name', 'empty', '--yes', '--no-wait'])).code).toBe(
      0,
    );
  });
});
