import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine({ BATCHPOINT_INSTALLERS: 'pip' });
const allow = '--allow-python-mismatch';

const deployment = (name: string, more = ''): string => `name: ${name}
model: { path: model }
code_configuration: { code: code, scoring_script: score.py }
environment: { conda_file: { dependencies: [python=3.9] } }
compute: azureml:cpu
${more}`;

beforeAll(async () => {
  cli.file('code/score.py', 'def run(mini_batch):\n    return [1 for path in mini_batch]\n');
  cli.file('model/weights.txt', '7');
  cli.file('input/a.txt', 'a');
  cli.file('main.yml', deployment('main'));
  cli.file('second.yml', deployment('second'));
  cli.file('allowed.yml', deployment('allowed', 'settings: { allow_python_mismatch: true }\n'));
  const listed = deployment('main').replaceAll('\n', '\n    ');
  cli.file('endpoint.yml', `name: old\ntype: batch\ntraffic: { main: 100 }\ndeployments:\n  - ${listed}\n`);
  await cli.json(['compute', 'create', '--name', 'cpu', '--type', 'amlcompute']);
  await cli.json(['batch-endpoint', 'create', '--name', 'new']);
});
afterAll(() => cli.close());

/** A command that is refused without the option, and works with it. */
async function allowedOnly(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stderr } = await cli.run(args);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('(PythonVersionMissing) The environment asks for Python 3.9'),
  ]);
  expect(stderr).toContain(allow);
  return cli.json([...args, allow]);
}

async function warningsOf(job: unknown): Promise<unknown> {
  await cli.run(['job', 'stream', '--name', String(job)]);
  const shown = await cli.json(['job', 'show', '--name', String(job)]);
  expect(shown).toMatchObject({ status: 'Completed' });
  return shown['warnings'];
}

const warnings = [
  expect.stringMatching(/asks for Python 3\.9; it is made with Python 3\.\d+\.\d+ of this machine/) as string,
];

describe('where the machine lacks the Python of an environment', () => {
  test('a deployment of today is created only with the option, or as its file says, and its jobs tell', async () => {
    const named = ['--endpoint-name', 'new', '--set-default'];
    const made = await allowedOnly('batch-deployment', 'create', '--file', 'main.yml', ...named);
    expect(made).toMatchObject({ settings: { allow_python_mismatch: true } });
    const { name } = await cli.json(['batch-endpoint', 'invoke', '--name', 'new', '--input', 'input']);
    expect(await warningsOf(name)).toEqual(warnings);
    expect((await cli.run(['batch-deployment', 'create', '-f', 'allowed.yml', ...named])).code).toBe(0);
  });

  test('a deployment is changed, and one of 2021 is made and added, only with the option', async () => {
    await allowedOnly('batch-deployment', 'update', '--file', 'main.yml', '--endpoint-name', 'new');
    await allowedOnly('endpoint', 'create', '--type', 'batch', '--file', 'endpoint.yml');
    await allowedOnly(
      'endpoint',
      'update',
      '--type',
      'batch',
      '--name',
      'old',
      '--deployment-file',
      'second.yml',
    );
  });

  test('a host that is run with the option takes them all, and each of its jobs tells', async () => {
    await cli.killHost();
    const host = cli.start(['up', allow]);
    await host.until(/Batchpoint serves at/);
    const args = [
      'batch-deployment',
      'create',
      '--file',
      'second.yml',
      '--endpoint-name',
      'new',
      '--set-default',
    ];
    expect(await cli.json(args)).not.toHaveProperty('settings.allow_python_mismatch');
    const { name } = await cli.json(['batch-endpoint', 'invoke', '--name', 'new', '--input', 'input']);
    expect(await warningsOf(name)).toEqual(warnings);
    host.child.kill('SIGINT');
    expect((await host.finished).code).toBe(0);
  });

  test.each([
    ['batch-endpoint', '--input'],
    ['endpoint', '--input-local-path'],
  ])(
    'a job of a deployment that such a host has taken needs the option elsewhere: %s invoke',
    async (group, option) => {
      const args = [group, 'invoke', '--name', 'new', '--deployment-name', 'second', option, 'input'];
      const { name } = await cli.json(args);
      const stream = await cli.run(['job', 'stream', '--name', String(name)]);
      expect([stream.code, stream.stderr]).toEqual([1, expect.stringContaining('PythonVersionMissing')]);
      expect(await warningsOf((await cli.json([...args, allow]))['name'])).toEqual(warnings);
    },
  );
});
