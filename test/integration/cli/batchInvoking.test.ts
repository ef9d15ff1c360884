import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { FileServer } from '../../support/fileServer';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
let server: FileServer;
beforeAll(async () => {
  aProject(cli, 3);
  server = await FileServer.start();
  server.put('digits/a.txt', 'from afar');
  server.put('digits/b.txt', 'from there too');
  cli.file('store.yml', 'name: shelf\ntype: local_folder\npath: .\n');
  cli.file('data.yml', 'name: registered\ntype: uri_folder\npath: input\n');
  for (const deployment of ['echo', 'picky']) {
    cli.file(
      `${deployment}.yml`,
      `name: ${deployment}
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: code, scoring_script: ${deployment}.py}
compute: azureml:cpu-cluster
settings: {mini_batch_size: 2}
`,
    );
  }
  for (const line of [
    'compute create -n cpu-cluster',
    'datastore create -f store.yml',
    'data create -f data.yml',
    'batch-endpoint create -n digits',
    'batch-deployment create -f echo.yml --endpoint-name digits --set-default',
    'batch-deployment create -f picky.yml --endpoint-name digits',
  ]) {
    await cli.json(line.split(' '));
  }
});
afterAll(async () => {
  await cli.close();
  await server.stop();
});

const invoke = (...args: string[]): string[] => ['batch-endpoint', 'invoke', '-n', 'digits', ...args];

/** Starts a job that has to come to a good end, and answers it. */
async function scored(...args: string[]): Promise<Record<string, unknown>> {
  const { name } = await cli.json<{ name: string }>(invoke(...args));
  expect(await cli.run(['job', 'stream', '-n', name])).toMatchObject({ code: 0 });
  return cli.json(['job', 'show', '-n', name]);
}

const files = async (...args: string[]): Promise<unknown> =>
  ((await scored(...args))['progress'] as { files: number }).files;

describe('an input is', () => {
  const folder = (): string => `${server.url}/account/container/digits`;

  test('registered data, by its newest version and by a certain one', async () => {
    expect(await files('--input', 'azureml:registered@latest')).toBe(3);
    expect(await files('--input', 'azureml:registered:1', '--input-type', 'uri_folder')).toBe(3);
    expect(await files('--input-data', 'azureml:registered:1')).toBe(3);
  });

  test('registered data by its id and its long form', async () => {
    const id = (
      await cli.run(['data', 'show', '-n', 'registered', '--query', 'id', '-o', 'tsv'])
    ).stdout.trim();
    expect(await files('--input', `azureml:${id}`)).toBe(3);
    const long = 'azureml://locations/here/workspaces/w/data/registered/versions/1';
    expect(await files('--input', long)).toBe(3);
  });

  test('what a URL names, a folder or a file', async () => {
    expect(await files('--input', folder(), '--input-type', 'uri_folder')).toBe(2);
    expect(await files('--input', `${folder()}/a.txt`, '--input-type', 'uri_file')).toBe(1);
    expect(await files('--input-path', `folder:${folder()}`)).toBe(2);
    expect(await files('--input-path', `file:${folder()}/b.txt`)).toBe(1);
  });

  test('a path in a datastore', async () => {
    const path = 'datastores/shelf/paths/input';
    expect(await files('--input', `azureml://${path}`)).toBe(3);
    const workspace = 'subscriptions/s/resourcegroups/g/workspaces/w';
    expect(await files('--input', `azureml://${workspace}/${path}/f1.txt`)).toBe(1);
    expect(await files('--input-path', `folder:azureml://${path}`)).toBe(3);
  });

  test('a file or folder of this machine', async () => {
    expect(await files('--input', './input')).toBe(3);
    expect(await files('--input', 'input/f0.txt', '--input-type', 'uri_file')).toBe(1);
    expect(await files('--input-local-path', 'input')).toBe(3);
  });

  test('what a file or the command line says by a name', async () => {
    cli.file('calls/invocation.yml', 'inputs: {images: {type: uri_folder, path: ../input}}\n');
    expect(await files('--file', 'calls/invocation.yml')).toBe(3);
    expect(await files('-f', 'calls/invocation.yml', '--set', 'inputs.images.path=../input/f2.txt')).toBe(1);
    expect(await files('--set', 'inputs.images.type=uri_folder', 'inputs.images.path=input')).toBe(3);
    expect(await files('--inputs', 'images.path=input')).toBe(3);
  });
});

describe('the output goes', () => {
  const read = (path: string): string => readFileSync(join(cli.folder, path), 'utf8');

  test('to a folder of a datastore, in the words of 2022 and of today', async () => {
    await scored('--input', 'input', '--output-path', 'azureml://datastores/shelf/paths/out-1');
    await scored('--input', 'input', '--output-path', 'folder:azureml://datastores/shelf/paths/out-2');
    expect(read('out-1/predictions.csv')).toBe('f0.txt text 0\nf1.txt text 1\nf2.txt text 2\n');
    expect(read('out-2/predictions.csv')).toBe(read('out-1/predictions.csv'));
  });

  test('to a file that the output names', async () => {
    const path = 'azureml://datastores/shelf/paths/out-3/rows.txt';
    await scored('--input', 'input', '--outputs', `score.path=${path}`, 'score.type=uri_file');
    cli.file('outputs.yml', 'outputs: {score: {type: uri_file, path: ./out-4/rows.txt}}\n');
    await scored('--input', 'input', '-f', 'outputs.yml');
    await scored('--input', 'input', '--outputs', '{"score": {"path": "./out-5/rows.txt"}}');
    expect(read('out-3/rows.txt')).toContain('text 2');
    expect([read('out-4/rows.txt'), read('out-5/rows.txt')]).toEqual([
      read('out-3/rows.txt'),
      read('out-3/rows.txt'),
    ]);
  });
});

test('a job has the deployment, the settings and the names that the call gives it', async () => {
  cli.file(
    'settings.yml',
    'experiment_name: first\ntags: {a: 1}\ninputs: {images: {path: input}}\nmini_batch_size: 5\nerror_threshold: 3\n',
  );
  const more = ['-d', 'picky', '--mini-batch-size', '7', '--instance-count', '2', '--job-name', 'my-job'];
  const set = ['--set', 'output_file_name=other.csv', 'retry_settings.timeout=9'];
  expect(await cli.json(invoke('-f', 'settings.yml', ...more, ...set))).toMatchObject({
    name: 'my-job',
    deployment_name: 'picky',
    experiment_name: 'first',
    tags: { a: '1' },
    mini_batch_size: 7,
    compute: { instance_count: 2 },
    error_threshold: 3,
    output_file_name: 'other.csv',
    retry_settings: { timeout: 9 },
  });
});

describe('what is refused', () => {
  test.each<[string, string]>([
    [
      'inputs: {a: {path: input}, A: {path: input}}',
      'call.yml:1:28: inputs.A: a deployment of a model has one input, and it is inputs.a in line 1',
    ],
    [
      'inputs:\n  mode: {type: string, path: append}',
      '(LiteralUnsupported) call.yml:2:16: inputs.mode.type: A plain value (type: string)',
    ],
    [
      'inputs: {rate: 5}',
      'call.yml:1:16: inputs.rate: expected a mapping with type and path, as an input is a file or a folder and never a plain value, but came 5',
    ],
    [
      'inputs: {t: {type: mltable, path: input}}',
      '(MlTableUnsupported) call.yml:1:20: inputs.t.type: Tables (type: mltable) are not supported',
    ],
    [
      'inputs: {a-b: {path: input}}',
      'call.yml:1:10: inputs.a-b: this key has characters that are not allowed',
    ],
    ['inputs: {a: {path: gone}}', '(InputNotFound) call.yml:1:20: inputs.a.path: '],
    ['inputs: {a: {pat: input}}', "inputs.a.pat: the key 'pat' is not known. Did you mean 'path'?"],
    [
      'inputs: {a: {path: azureml://registries/r/data/d/versions/1}}',
      '(RegistryUnsupported) call.yml:1:20: inputs.a.path: ',
    ],
    [
      'inputs: {a: {path: input}}\noutputs: {score: {type: uri_folder, path: out}}',
      '(OutputFolderUnsupported) call.yml:2:25: outputs.score.type: The output of a job is one file',
    ],
    [
      'inputs: {a: {path: input}}\noutputs: {score: {path: azureml://datastores/shelf/paths/out/}}',
      'it has to be the path of a file',
    ],
    [
      'inputs: {a: {path: input}}\noutputs: {score: {path: x}, more: {path: y}}',
      'outputs.more: a deployment of a model has one output, and it is outputs.score in line 2',
    ],
    [
      'input: {a: {path: input}}',
      "call.yml:1:1: input: the key 'input' is not known. Did you mean 'inputs'?",
    ],
  ])('in a file: %s', async (content, said) => {
    cli.file('call.yml', `${content}\n`);
    const result = await cli.run(invoke('-f', 'call.yml'));
    expect(result.stderr).toContain(said);
    expect(result.stdout).toBe('');
    expect([2, 3]).toContain(result.code);
  });

  test.each<[string[], string]>([
    [[], 'An input is missing: --input with registered data'],
    [['--input', 'input', '--input-data', 'azureml:registered:1'], '--input and --input-data each name one'],
    [['--input', 'input', '--inputs', 'a.path=input'], '--input and --inputs each name one'],
    [['--input-data', 'azureml:registered:1', '--input-type', 'uri_file'], 'there is no --input'],
    [['--input', 'input', '--input-type', 'mltable'], 'It is one of uri_file, uri_folder.'],
    [['--input', 'gone'], '(InputNotFound)'],
    [['--input', 'input', '--input-type', 'uri_file'], '(InputIsFolder)'],
    [['--input', 'azureml:gone@latest'], "There is no data asset 'gone'"],
    [
      ['--input', 'input', '--output-path', './x', '--outputs', 'score.path=./y.csv'],
      '--output-path and outputs each name one',
    ],
    [['--input', 'input', '-d', 'gone'], "There is no deployment 'gone'"],
  ])('on the command line: %j', async (args, said) => {
    const result = await cli.run(invoke(...args));
    expect(result.stderr).toContain(said);
    expect(result.stdout).toBe('');
    expect(result.code).not.toBe(0);
  });
});
