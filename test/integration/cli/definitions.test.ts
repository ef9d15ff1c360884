import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { aProject, endpointFile } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
});
afterAll(async () => {
  // Every file here was to be refused, so nothing may be there.
  for (const kind of ['endpoint', 'model', 'environment']) expect(await cli.json([kind, 'list'])).toEqual([]);
  await cli.close();
});

/** Tries to create an endpoint from a file that must be refused, and answers what was said. */
async function refusal(content: string | Buffer, code = 2): Promise<string> {
  cli.file('tried.yml', content);
  const result = await cli.run(['endpoint', 'create', '--type', 'batch', '--file', 'tried.yml']);
  expect(result).toMatchObject({ code, stdout: '' });
  return result.stderr;
}

describe('a file that cannot be read as YAML is told with its place', () => {
  test.each([
    ['a tab', 'name: abc\n\ttype: batch\n', 'tried.yml:2:1: this is not valid YAML: a tab indents this line'],
    [
      'a key twice',
      'name: abc\ntype: batch\nname: abd\n',
      "tried.yml:3:1: this is not valid YAML: the key 'name' stands in the same mapping twice. The first one is in line 1.",
    ],
    ['nothing', '', "(DefinitionEmpty) The file 'tried.yml' is empty"],
    ['only a comment', '# hello\n', "(DefinitionEmpty) The file 'tried.yml' is empty"],
    ['a list at the top', '- name: abc\n', '(DefinitionInvalid) tried.yml:1:1: a list stands at the top'],
    ['a plain value', 'hello\n', '(DefinitionInvalid) tried.yml:1:1: a plain value stands at the top'],
    ['an open bracket', 'name: abc\ndeployments: [\n', 'tried.yml:3:1: this is not valid YAML'],
    ['an open quote', 'name: "abc\n', 'tried.yml:2:1: this is not valid YAML: Missing closing'],
    [
      'an alias without anchor',
      'name: abc\ntags: *t\n',
      'tried.yml:2:7: this is not valid YAML: there is no anchor &t',
    ],
    ['a tag', 'name: !thing abc\n', 'tried.yml:1:7: this is not valid YAML: Unresolved tag: !thing.'],
    [
      'two documents',
      'name: abc\n---\nname: abd\n',
      'tried.yml:2:1: this is not valid YAML: a second document',
    ],
    [
      'binary',
      Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00]),
      "(DefinitionNotText) The file 'tried.yml' is not YAML",
    ],
    ['a great size', Buffer.alloc(5 * 1024 * 1024, 'a'), '(DefinitionTooLarge)'],
  ])('%s', async (_what, content, said) => {
    expect(await refusal(content)).toContain(said);
  });

  test.each([
    ['missing.yml', "ERROR: (DefinitionMissing) There is no file 'missing.yml'."],
    ['code', "ERROR: (DefinitionIsFolder) 'code' is a folder."],
    ['endpoint.yml/x', "ERROR: (DefinitionMissing) There is no file 'endpoint.yml/x'."],
  ])('%s', async (file, said) => {
    const { code, stderr } = await cli.run(['endpoint', 'create', '-f', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  test('a file that the system does not give', async () => {
    // Root may read what nobody else may, but not this.
    const isRoot = process.getuid?.() === 0;
    const secret = isRoot ? '/proc/self/mem' : cli.file('secret.yml', 'name: abc\n');
    if (!isRoot) chmodSync(secret, 0);
    const { stderr } = await cli.run(['endpoint', 'create', '-f', secret]);
    expect(stderr).toContain(`(DefinitionUnreadable) The file '${secret}' cannot be read: E`);
  });
});

describe('a named pipe, of which no end ever comes, is refused at once', () => {
  const pipe = (path: string): void => void execFileSync('mkfifo', [join(cli.folder, path)]);
  const one = endpointFile('digits', 'echo.py');
  const said = 'it is a named pipe, and a file is expected';

  test('as a definition', async () => {
    pipe('pipe.yml');
    const { code, stderr } = await cli.run(['endpoint', 'create', '-f', 'pipe.yml']);
    expect(stderr).toBe(`ERROR: (DefinitionUnreadable) The file 'pipe.yml' cannot be read: ${said}.\n`);
    expect(code).toBe(2);
  });

  test('as a conda file', async () => {
    pipe('conda.pipe');
    const file = `${one}    environment: {name: env, conda_file: ./conda.pipe}\n`;
    expect(await refusal(file)).toContain(said);
  });

  test('in a model and among code', async () => {
    cli.file('piped/echo.py', 'def run(batch): pass\n');
    pipe('piped/pipe');
    expect(await refusal(one.replace('./model', './piped'))).toContain(said);
    expect(await refusal(one.replace('./code/', './piped'))).toContain(said);
    const { stderr } = await cli.run(['model', 'create', '-n', 'piped', '--path', 'piped/pipe']);
    expect(stderr).toContain(said);
  });

  test('as an input', async () => {
    pipe('input.pipe');
    const args = ['endpoint', 'invoke', '-n', 'digits', '--input-local-path', 'input.pipe'];
    expect((await cli.run(args)).stderr).toContain('it is a named pipe, and a file is expected');
    expect((await cli.run(['data', 'create', '-n', 'd', '--path', 'input.pipe'])).stderr).toContain(said);
  });
});

describe('what does not fit the schema is told all at once, with file, line and column', () => {
  test('keys, types and values', async () => {
    const said = await refusal(`name: abc
descripton: hm
type: online
traffic:
  one: 50
deployments:
  - name: one
    model: {name: weights, versio: 1, local_path: ./model}
    compute: {instance_count: 0}
    mini_batch_size: ten
    retry_settings: {max_retry: 1, timeout: 0}
    output_file_name: a/b
    environment_variables: {1X: y}
`);
    expect(said.split('\n')).toEqual([
      'ERROR: (DefinitionInvalid) tried.yml has 11 faults:',
      "  tried.yml:2:1: descripton: the key 'descripton' is not known. Did you mean 'description'?",
      '  tried.yml:3:7: type: expected one of "batch", but came "online"',
      '  tried.yml:5:8: traffic.one: expected one of 0, 100, but came 50',
      "  tried.yml:8:28: deployments[0].model.versio: the key 'versio' is not known. Did you mean 'version'?",
      "  tried.yml:9:5: deployments[0].compute: 'target' is missing",
      '  tried.yml:9:31: deployments[0].compute.instance_count: expected a number of at least 1, but came 0',
      '  tried.yml:10:22: deployments[0].mini_batch_size: expected a whole number, but came "ten"',
      "  tried.yml:11:22: deployments[0].retry_settings.max_retry: the key 'max_retry' is not known. Did you mean 'max_retries'?",
      '  tried.yml:11:45: deployments[0].retry_settings.timeout: expected a number of at least 1, but came 0',
      '  tried.yml:12:23: deployments[0].output_file_name: expected the name of a file, without a folder, but came "a/b"',
      '  tried.yml:13:29: deployments[0].environment_variables.1X: this key has characters that are not allowed',
      '',
    ]);
  });

  test('values of --set, by the name that they were given', async () => {
    const { code, stderr } = await cli.run(
      ['endpoint', 'create', '-f', 'endpoint.yml', '--set', 'deployments[0].mini_batch=1'].concat(
        'deployments[0].error_threshold=low',
        'trafic.one=100',
      ),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(
      "  --set deployments[0].mini_batch: the key 'mini_batch' is not known. Did you mean 'mini_batch_size'?\n",
    );
    expect(stderr).toContain(
      '  --set deployments[0].error_threshold: expected a whole number, but came "low"\n',
    );
    expect(stderr).toContain("  --set trafic.one: the key 'trafic' is not known. Did you mean 'traffic'?\n");
    const odd = await cli.run(['endpoint', 'create', '-f', 'endpoint.yml', '--set', 'description']);
    expect(odd).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--set takes key=value') as string,
    });
    const inner = await cli.run(['endpoint', 'create', '-f', 'endpoint.yml', '--set', 'name.x=1']);
    expect(inner).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'name' is not a mapping") as string,
    });
  });
});

describe('what only a look at the files tells is found before anything is made', () => {
  const one = endpointFile('digits', 'echo.py');
  const second = (more: string): string =>
    `${one}  - name: two\n${more}    compute: {target: azureml:cpu-cluster}\n`;

  test.each([
    [
      'a deployment twice',
      `${one}  - name: ONE\n    model: azureml:m:1\n    compute: {target: cpu-cluster}\n`,
      "deployments[1].name: there is a deployment 'ONE' already: deployments[0]",
    ],
    [
      'two with all the traffic',
      second('    model: azureml:m:1\n').replace('one: 100', 'one: 100\n  two: 100'),
      "tried.yml:8:8: traffic.two: the traffic goes to one deployment, and 'one' has 100 already",
    ],
    [
      'traffic for none',
      one.replace('one: 100', 'other: 100'),
      "tried.yml:7:3: traffic.other: there is no deployment 'other' here. There are: one",
    ],
    [
      'a missing script',
      one.replace('echo.py', 'nope.py'),
      "(ScriptMissing) tried.yml:14:23: deployments[0].code_configuration.scoring_script: The scoring script 'nope.py' is not in",
    ],
    [
      'a script that climbs out',
      one.replace('echo.py', '../code/echo.py'),
      '(ScriptMissing) tried.yml:14:23',
    ],
    ['a script without run', one.replace('echo.py', 'norun.py'), '(ScriptWithoutRun) tried.yml:14:23'],
    [
      'a missing code folder',
      one.replace('./code/', './nowhere'),
      '(AssetPathMissing) tried.yml:13:21: deployments[0].code_configuration.code.local_path',
    ],
    [
      'a file for a code folder',
      one.replace('./code/', './endpoint.yml'),
      'it is a file, and a folder is expected',
    ],
    [
      'a missing model',
      one.replace('./model', './nowhere'),
      '(AssetPathMissing) tried.yml:10:52: deployments[0].model.local_path',
    ],
    [
      'a model that needs a script',
      second('    model: {name: plain, local_path: ./model}\n'),
      "(ScriptNeeded) tried.yml:20:38: deployments[1].model.local_path: Deployment 'two' has no scoring script",
    ],
    [
      'a reference that is none',
      one.replace(/\{target.*|azureml:cpu-cluster/, 'a/b'),
      "(NameReferenceInvalid) tried.yml:16:15: deployments[0].compute.target: 'a/b' does not name a compute",
    ],
    [
      'a model reference that is none',
      one.replace(/\{name: weights.*\}/, './model'),
      "(ReferenceInvalid) tried.yml:10:12: deployments[0].model: './model' does not name a model",
    ],
    [
      'a missing conda file',
      `${one}    environment: {name: env, conda_file: file:./nowhere.yml}\n`,
      '(AssetPathMissing) tried.yml:19:42: deployments[0].environment.conda_file',
    ],
    [
      'a broken conda file',
      `${one}    environment: {name: env, conda_file: {dependencies: 1}}\n`,
      '(CondaFileInvalid) tried.yml:19:30: deployments[0].environment.conda_file',
    ],
  ])('%s', async (_what, content, said) => {
    expect(await refusal(content)).toContain(said);
  });

  test('with what does not fit the schema and with what only the host knows, all at once', async () => {
    const said = await refusal(
      `${second('    model: {name: plain, local_path: ./nowhere}\n')}    environment: azureml:gone@latest\n`
        .replace('mini_batch_size: 2', 'mini_batch_size: 0')
        .replace('echo.py', 'nope.py')
        .replace('azureml:cpu-cluster', 'azureml:gone')
        .replace('type: batch', 'type: online'),
    );
    expect(said.split('\n').map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
      'ERROR: (DefinitionInvalid) tried.yml has 6 faults:',
      expect.stringMatching(/tried\.yml:4:7: type$/),
      expect.stringMatching(/tried\.yml:14:23: deployments\[0\]\.code_configuration\.scoring_script$/),
      expect.stringMatching(/tried\.yml:16:15: deployments\[0\]\.compute\.target$/),
      expect.stringMatching(/tried\.yml:18:22: deployments\[0\]\.mini_batch_size$/),
      expect.stringMatching(/tried\.yml:20:38: deployments\[1\]\.model\.local_path: /),
      expect.stringMatching(/tried\.yml:22:18: deployments\[1\]\.environment$/),
      '',
    ]);
  });

  test('even where a list or a mapping is expected and something else stands', async () => {
    expect(await refusal('name: abc\ntraffic: 5\ndeployments: {}\n')).toContain('2 faults');
    expect(await refusal('name: 5\ndeployments: [null, 5, {name: [], model: 1}]\n')).toContain(' faults:\n');
  });

  test('an empty model', async () => {
    mkdirSync(join(cli.folder, 'empty'), { recursive: true });
    expect(await refusal(one.replace('./model', './empty'))).toContain('(AssetEmpty) tried.yml:10:52: ');
  });

  test.each([
    [
      'a compute that is not there',
      one.replace('azureml:cpu-cluster', 'azureml:nowhere'),
      "There is no compute 'nowhere'",
    ],
    [
      'a model that is not there',
      one.replace(/\{name: weights.*\}/, 'azureml:gone:1'),
      "There is no model 'gone'",
    ],
    [
      'an environment that is not there',
      `${one}    environment: azureml:gone@latest\n`,
      "There is no environment 'gone'",
    ],
  ])('%s', async (_what, content, said) => {
    expect(await refusal(content, 3)).toContain(said);
  });
});
