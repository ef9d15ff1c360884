import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine();
beforeAll(() => {
  cli.file('model/weights.txt', '1');
  cli.file('other/weights.txt', '2');
  cli.file('data/a.txt', 'a');
  cli.file('conda.yml', 'dependencies:\n  - python=3.11\n  - pip:\n    - numpy\n');
});
afterAll(() => cli.close());

const created = {
  creation_context: { created_at: expect.any(String) as string },
  id: expect.any(String) as string,
};

describe('a compute', () => {
  test('is created by options, shown, listed and deleted', async () => {
    const shown = {
      name: 'cpu-cluster',
      type: 'amlcompute',
      min_instances: 1,
      max_instances: 3,
      tags: {},
      provisioning_state: 'Succeeded',
    };
    const options = [
      '--name',
      'cpu-cluster',
      '--type',
      'amlcompute',
      '--min-instances',
      '1',
      '--max-instances',
      '3',
    ];
    expect(await cli.json(['compute', 'create', ...options])).toMatchObject(shown);
    expect(await cli.json(['compute', 'show', '-n', 'cpu-cluster'])).toMatchObject(shown);
    expect(await cli.json(['compute', 'list'])).toMatchObject([shown]);
    expect((await cli.run(['compute', 'delete', '-n', 'cpu-cluster', '--yes'])).code).toBe(0);
    expect((await cli.run(['compute', 'show', '-n', 'cpu-cluster'])).code).toBe(3);
    expect((await cli.run(['compute', 'delete', '-n', 'cpu-cluster', '-y'])).code).toBe(3);
  });

  test('is created from a file, with values over it', async () => {
    cli.file(
      'compute.yml',
      'name: gpu\ntype: amlcompute\nmin_instances: 0\nmax_instances: 2\nsize: Standard_NC6\n',
    );
    const args = [
      'compute',
      'create',
      '--file',
      'compute.yml',
      '--max-instances',
      '5',
      '--set',
      'tags.team=a',
    ];
    expect(await cli.json(args)).toMatchObject({
      max_instances: 5,
      size: 'Standard_NC6',
      tags: { team: 'a' },
    });
  });

  test('needs a name, and no more instances at least than at most', async () => {
    const unnamed = await cli.run(['compute', 'create', '--max-instances', '2']);
    expect(unnamed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'name' is missing") as string,
    });
    const odd = await cli.run([
      'compute',
      'create',
      '-n',
      'cpu',
      '--min-instances',
      '3',
      '--max-instances',
      '2',
    ]);
    expect(odd).toMatchObject({
      code: 2,
      stderr:
        'ERROR: (DefinitionInvalid) --min-instances: expected at most max_instances, which is 2, but came 3\n',
    });
  });

  test('is not deleted without being asked', async () => {
    await cli.json(['compute', 'create', '-n', 'asked']);
    const piped = await cli.run(['compute', 'delete', '-n', 'asked']);
    expect(piped).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Repeat it with --yes') as string,
    });
    const no = cli.inTerminal(['compute', 'delete', '-n', 'asked']);
    await no.until(/Delete compute 'asked'\? \(y\/n\)/);
    no.child.stdin.write('n\r');
    expect(await no.finished).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing was deleted') as string,
    });
    const interrupted = cli.inTerminal(['compute', 'delete', '-n', 'asked']);
    await interrupted.until(/\(y\/n\)/);
    interrupted.child.stdin.write('\u0003');
    expect((await interrupted.finished).code).toBe(130);
    const yes = cli.inTerminal(['compute', 'delete', '-n', 'asked']);
    await yes.until(/\(y\/n\)/);
    yes.child.stdin.write('y\r');
    expect((await yes.finished).code).toBe(0);
    expect((await cli.run(['compute', 'show', '-n', 'asked'])).code).toBe(3);
  });
});

describe('a model', () => {
  test('gets the next whole number as its version where none is given', async () => {
    const args = ['model', 'create', '-n', 'counted', '--path', './model'];
    expect(await cli.json(args)).toMatchObject({
      name: 'counted',
      version: '1',
      type: 'custom_model',
      ...created,
    });
    expect(await cli.json(args)).toMatchObject({ version: '2' });
    expect(await cli.json(['model', 'show', '-n', 'counted'])).toMatchObject({ version: '2' });
    expect(await cli.json(['model', 'show', '-n', 'counted', '-v', '1'])).toMatchObject({ version: '1' });
    const versions = await cli.run(['model', 'list', '-n', 'counted', '--query', '[].version', '-o', 'tsv']);
    expect(versions.stdout).toBe('2\n1\n');
    expect(await cli.json(['model', 'list'])).toMatchObject([{ name: 'counted', latest_version: '2' }]);
  });

  test('gets a version of its own from each of several that are made at once', async () => {
    const made = await Promise.all(
      ['1', '2', '3'].map(async (text) => {
        cli.file(`raced${text}/weights.txt`, text);
        return cli.json<{ version: string }>(['model', 'create', '-n', 'raced', '--path', `raced${text}`]);
      }),
    );
    expect(made.map(({ version }) => version).sort()).toEqual(['1', '2', '3']);
  });

  test('keeps a version that is given: the same content is fine, another is refused', async () => {
    const args = ['model', 'create', '-n', 'kept', '--version', '1.10', '--path'];
    expect(await cli.json([...args, 'model'])).toMatchObject({ version: '1.10' });
    expect(await cli.json([...args, 'model'])).toMatchObject({ version: '1.10' });
    const other = await cli.run([...args, 'other']);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('(VersionExists)') as string });
  });

  test('is defined in a file, where paths start from the file and options from here', async () => {
    cli.file(
      'defs/model.yml',
      'name: filed\nversion: 1.10\ntype: custom_model\npath: ../model\ntags: {a: 1}\n',
    );
    const made = await cli.json(['model', 'create', '--file', 'defs/model.yml']);
    expect(made).toMatchObject({ name: 'filed', version: '1.10', tags: { a: '1' } });
    const other = await cli.json(['model', 'create', '-f', 'defs/model.yml', '-v', '2', '--path', 'other']);
    expect(other).toMatchObject({ version: '2', path: expect.stringMatching(/other$/) as string });
  });

  test('of type mlflow_model needs its MLmodel file', async () => {
    const missing = await cli.run([
      'model',
      'create',
      '-n',
      'ml',
      '--path',
      'model',
      '--type',
      'mlflow_model',
    ]);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('(MLmodelMissing)') as string });
    cli.file('mlflow/MLmodel', 'flavors:\n  python_function:\n    loader_module: x\n');
    const made = await cli.json([
      'model',
      'create',
      '-n',
      'ml',
      '--path',
      'mlflow',
      '--type',
      'mlflow_model',
    ]);
    expect(made).toMatchObject({ type: 'mlflow_model', flavors: ['python_function'] });
  });

  test.each([
    [['--path', 'nowhere'], '(AssetPathMissing) --path: '],
    [['--path', 'https://example.com/model'], "(UriInvalid) 'https://example.com/model'"],
    [[], "'path' is missing"],
    [['--path', 'model', '--set', 'tgas=x'], "--set tgas: the key 'tgas' is not known. Did you mean 'tags'?"],
  ])('is refused with %j', async (more, said) => {
    const { code, stderr } = await cli.run(['model', 'create', '-n', 'refused', ...more]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect((await cli.run(['model', 'show', '-n', 'refused'])).code).toBe(3);
  });
});

test('a data asset names a folder, a file or a place elsewhere', async () => {
  expect(
    await cli.json(['data', 'create', '-n', 'folder', '--version', '1', '--path', 'data']),
  ).toMatchObject({
    type: 'uri_folder',
    path: expect.stringMatching(/^file:\/\/.*\/data$/) as string,
  });
  expect(await cli.json(['data', 'create', '-n', 'one', '--path', 'data/a.txt'])).toMatchObject({
    type: 'uri_file',
  });
  const path = 'azureml://datastores/workspaceblobstore/paths/x/y.csv';
  cli.file('data.yml', `name: there\nversion: 3\ntype: uri_file\npath: ${path}\n`);
  expect(await cli.json(['data', 'create', '--file', 'data.yml'])).toMatchObject({ version: '3', path });
  expect(await cli.json(['data', 'show', '-n', 'there'])).toMatchObject({ path });
  expect(await cli.json(['data', 'list', '-n', 'folder'])).toHaveLength(1);
  expect(await cli.run(['data', 'create', '-n', 'gone', '--path', 'gone'])).toMatchObject({ code: 2 });
});

test('a data asset is read as it was written in the autumn of 2021', async () => {
  const create = async (text: string): Promise<unknown> => {
    cli.file('old/data.yml', text);
    return cli.json(['data', 'create', '-f', 'old/data.yml', '--query', '[type, path]']);
  };
  const place = 'azureml://datastores/workspaceblobstore/paths/x/y.csv';
  expect(await create('name: old-1\npaths:\n  - folder: ../data\n')).toEqual([
    'uri_folder',
    expect.stringMatching(/^file:\/\/.*\/data$/),
  ]);
  expect(await create(`name: old-2\npaths:\n  - file: ${place}\n`)).toEqual(['uri_file', place]);
  expect(await create('name: old-3\ndatastore: azureml:workspaceblobstore\npath: x/y.csv\n')).toEqual([
    'uri_folder',
    place,
  ]);
  const refused: [string, string][] = [
    ['paths: [{folder: ../data}, {file: b}]', 'data.yml:2:1: paths: expected one item'],
    ['paths: []', 'paths: expected at least one item'],
    ['paths: [{}]', 'paths[0]: expected at least 1 of the keys folder, file, but came {}'],
    ['paths: [{folder: ../data, file: b}]', 'keep one of paths[0].folder and paths[0].file'],
    [
      'paths: [{folder: ../gone}]',
      "data.yml:2:18: paths[0].folder: The path of data asset 'old' does not exist",
    ],
    ['datastore: azureml:a\npath: https://example.com/x', 'with a datastore, a path in it is meant'],
    ['datastore: azureml:a\nlocal_path: ../data', 'datastore: this is not allowed here'],
    ['datastore: azureml:a', "'path' is missing"],
  ];
  for (const [text, said] of refused) {
    cli.file('old/data.yml', `name: old\n${text}\n`);
    const { code, stderr } = await cli.run(['data', 'create', '-f', 'old/data.yml']);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  }
});

test('an environment keeps its conda file, and says once that its image is not used', async () => {
  const image = 'example.com/image:1';
  const args = [
    'environment',
    'create',
    '-n',
    'env',
    '--version',
    '1',
    '--conda-file',
    'conda.yml',
    '--image',
    image,
  ];
  const { code, stdout, stderr } = await cli.run(args);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^WARNING: The image 'example\.com\/image:1' of environment 'env' is not used[^\n]*\n$/,
  );
  expect(JSON.parse(stdout)).toMatchObject({ conda_file: expect.stringContaining('numpy') as string, image });
  expect((await cli.run([...args, '--only-show-errors'])).stderr).toBe('');
  cli.file('envs/env.yml', 'name: inline\nconda_file:\n  dependencies: [{pip: [numpy]}]\n');
  expect(await cli.json(['environment', 'create', '-f', 'envs/env.yml'])).toMatchObject({ version: '1' });
  expect(await cli.json(['environment', 'show', '-n', 'inline'])).toMatchObject({ name: 'inline' });
  expect(await cli.json(['environment', 'list'])).toHaveLength(2);
  cli.file('broken.yml', 'dependencies: numpy\n');
  const broken = await cli.run(['environment', 'create', '-n', 'broken', '--conda-file', 'broken.yml']);
  expect(broken).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('(CondaFileInvalid) --conda-file') as string,
  });
});

test('a datastore is a folder or a container, and never shows its secrets', async () => {
  cli.file('stores/folder.yml', 'name: shelf\ntype: local_folder\npath: ../data\n');
  const folder = await cli.json(['datastore', 'create', '-f', 'stores/folder.yml']);
  expect(folder).toMatchObject({ type: 'local_folder', path: `${cli.folder}/data` });
  const blob = `name: cloud\ntype: azure_blob\naccount_name: acme\ncontainer_name: digits\ncredentials:\n  account_key: c2VjcmV0\n`;
  cli.file('stores/blob.yml', blob);
  const { stdout } = await cli.run(['datastore', 'create', '-f', 'stores/blob.yml']);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'azure_blob',
    account_name: 'acme',
    container_name: 'digits',
    credentials: { type: 'account_key' },
  });
  expect(stdout).not.toContain('c2VjcmV0');
  expect(await cli.json(['datastore', 'show', '-n', 'workspaceblobstore'])).toMatchObject({
    is_default: true,
  });
  const names = await cli.run(['datastore', 'list', '--query', '[].name', '-o', 'tsv']);
  expect(names.stdout.trim().split('\n').sort()).toEqual(['cloud', 'shelf', 'workspaceblobstore']);
  cli.file('stores/odd.yml', 'name: odd\ntype: local_folder\naccount_name: x\n');
  const odd = await cli.run(['datastore', 'create', '-f', 'stores/odd.yml']);
  expect(odd.code).toBe(2);
  expect(odd.stderr).toContain("'path' is missing");
  expect(odd.stderr).toContain('stores/odd.yml:3:15: account_name: this is not allowed here');
});

describe('the output', () => {
  const show = ['compute', 'show', '-n', 'formats'];
  beforeAll(() => cli.json(['compute', 'create', '-n', 'formats', '--set', 'description=two words']));

  test('comes as YAML, as a table, as tab separated values, in color, or not at all', async () => {
    expect((await cli.run([...show, '-o', 'yaml'])).stdout).toContain('name: formats\ntype: amlcompute\n');
    const lines = (await cli.run([...show, '-o', 'TABLE'])).stdout.split('\n');
    expect(lines[0]).toMatch(/^Name +Type +MinInstances +MaxInstances +State$/);
    expect(lines[1]).toMatch(/^-+ {2}-+/);
    expect(lines[2]).toMatch(/^formats +amlcompute +0 +4 +Succeeded$/);
    const query = ['--query', '[name, min_instances, missing, tags]', '-o', 'tsv'];
    expect((await cli.run([...show, ...query])).stdout).toBe('formats\n0\nNone\n\n');
    expect((await cli.run([...show, '-o', 'none'])).stdout).toBe('');
    const colored = (await cli.run([...show, '-o', 'jsonc'])).stdout;
    expect(JSON.parse(colored)).toMatchObject({ name: 'formats' });
    const { stdout } = await cli.inTerminal([...show, '-o', 'jsonc']).finished;
    expect(stdout).toContain('\u001b[34m"name"\u001b[0m');
  });

  test('is what a query finds in it, and nothing of nothing', async () => {
    expect((await cli.run([...show, '--query', 'description', '-o', 'tsv'])).stdout).toBe('two words\n');
    expect((await cli.run([...show, '--query', 'missing', '-o', 'tsv'])).stdout).toBe('');
    expect((await cli.run([...show, '--query', '{n: name, t: type}', '-o', 'table'])).stdout).toContain(
      'formats',
    );
    const late = await cli.run([...show, '--query', 'length(min_instances)']);
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('(QueryInvalid)') as string });
  });

  test('names the subscription, resource group and workspace that are given', async () => {
    const place = ['--subscription', 'sub 1', '-g', 'my-group', '-w', 'my-workspace'];
    const { id } = await cli.json([...show, ...place]);
    expect(id).toContain('/resourceGroups/my-group/');
    expect(id).toContain('/workspaces/my-workspace/');
  });

  test('may be read only in part', async () => {
    const reader = cli.start([...show, '--debug']);
    reader.child.stdout.destroy();
    expect((await reader.finished).code).toBe(0);
  });

  test('of --debug tells requests on standard error, and no token', async () => {
    const { stdout, stderr } = await cli.run([...show, '--debug', '--query', 'name']);
    expect(stdout).toBe('"formats"\n');
    expect(stderr).toMatch(/^DEBUG: GET http:\/\/127\.0\.0\.1:\d+\/\S+\/computes\/formats\S* 200 \d+ ms$/m);
    expect(stderr).not.toContain('Bearer');
  });
});
