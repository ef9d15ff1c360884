import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(() => aProject(cli));
afterAll(() => cli.close());

const said = ['--description', 'two words', '--tags', 'team=vision', 'n=1'];
const shown = { description: 'two words', tags: { team: 'vision', n: '1' } };

describe('what is said of a thing on the command line that makes it', () => {
  test('model create --description, --tags and --stage', async () => {
    const create = ['model', 'create', '--name', 'weights', '--path', 'model'];
    const made = await cli.json([...create, ...said, '--stage', 'Staging']);
    expect(made).toMatchObject({ ...shown, stage: 'Staging' });
  });

  test('data create --type, --description, --tags and --set, which need no waiting', async () => {
    const create = ['data', 'create', '-n', 'inputs', '--path', 'https://example.com/data.csv', '--no-wait'];
    const made = await cli.json([...create, '--type', 'URI_FILE', ...said, '--set', 'tags.more=x']);
    expect(made).toMatchObject({ ...shown, type: 'uri_file', tags: { ...shown.tags, more: 'x' } });
  });

  test('environment create --description, --tags and --set, which need no waiting', async () => {
    const create = ['environment', 'create', '-n', 'env', '--no-wait', '--only-show-errors'];
    const made = await cli.json([...create, ...said, '--set', 'image=example.com/image']);
    expect(made).toMatchObject({ ...shown, image: 'example.com/image' });
  });

  test('compute create --description and --tags, and what is accepted and not used', async () => {
    const unused = [
      '--idle-time-before-scale-down',
      '120',
      '--tier',
      'dedicated',
      '--location',
      'westeurope',
    ];
    const { code, stdout, stderr } = await cli.run([
      'compute',
      'create',
      '-n',
      'cpu',
      ...said,
      ...unused,
      '--no-wait',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(shown);
    expect(stderr).toBe(
      "WARNING: Accepted, and not used by Batchpoint: '--idle-time-before-scale-down', '--tier', '--location'.\n",
    );
  });

  test('datastore create --name and --set go over what the file says', async () => {
    cli.file('store.yml', 'name: shelf\ntype: local_folder\npath: input\n');
    const create = [
      'datastore',
      'create',
      '--file',
      'store.yml',
      '--name',
      'other',
      '--set',
      'description=mine',
    ];
    expect(await cli.json(create)).toMatchObject({ name: 'other', description: 'mine' });
  });
});

test('options of az that change nothing here are accepted where deployments are made and changed', async () => {
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['batch-endpoint', 'create', '-n', 'digits', '--no-wait']);
  cli.file(
    'one.yml',
    'name: one\nmodel: {name: plain, version: 1, path: ./model}\ncompute: azureml:cpu-cluster\n' +
      'code_configuration: {code: code, scoring_script: echo.py}\n',
  );
  const more = ['--endpoint-name', 'digits', '--skip-script-validation', '--no-wait'];
  const made = await cli.json(['batch-deployment', 'create', '-f', 'one.yml', ...more]);
  expect(made).toMatchObject({ name: 'one', settings: { mini_batch_size: 10 } });
  const set = ['--set', 'settings.mini_batch_size=3'];
  const changed = await cli.json(['batch-deployment', 'update', '-n', 'one', ...more, ...set]);
  expect(changed).toMatchObject({ settings: { mini_batch_size: 3 } });
  const standard = ['--defaults', 'deployment_name=one', '--no-wait'];
  const updated = await cli.json(['batch-endpoint', 'update', '-n', 'digits', ...standard]);
  expect(updated).toMatchObject({ defaults: { deployment_name: 'one' } });
  const invoke = ['batch-endpoint', 'invoke', '-n', 'digits', '--input', 'input', '--experiment-name', 'May'];
  expect(await cli.json(invoke)).toMatchObject({ experiment_name: 'May' });
});

test('--verbose tells requests on standard error, without where errors come from', async () => {
  const { stdout, stderr } = await cli.run(['compute', 'show', '-n', 'cpu', '--verbose', '--query', 'name']);
  expect(stdout).toBe('"cpu"\n');
  expect(stderr).toMatch(/^INFO: GET http:\/\/127\.0\.0\.1:\d+\/\S+\/computes\/cpu\S* 200 \d+ ms$/m);
  const failed = await cli.run(['compute', 'show', '-n', 'nowhere', '--verbose']);
  expect(failed.code).toBe(3);
  expect(failed.stderr).not.toContain('    at ');
});
