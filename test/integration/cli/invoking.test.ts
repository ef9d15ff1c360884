import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { FileServer } from '../../support/fileServer';
import { aProject, deploymentFile } from '../../support/scoringFiles';

const cli = new CommandLine();
let server: FileServer;
beforeAll(async () => {
  aProject(cli, 3);
  server = await FileServer.start();
  server.put('file.txt', 'from afar');
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  cli.file('deployment.yml', deploymentFile('two', 'picky.py'));
  await cli.json(['endpoint', 'update', '-n', 'digits', '--deployment-file', 'deployment.yml']);
});
afterAll(async () => {
  await cli.close();
  await server.stop();
});

const invoke = (...args: string[]): string[] => [
  'endpoint',
  'invoke',
  '--name',
  'digits',
  '--type',
  'batch',
  ...args,
];

/** Starts a job that has to come to a good end, and answers it. */
async function scored(...args: string[]): Promise<Record<string, unknown>> {
  const { name } = await cli.json<{ name: string }>(invoke(...args));
  const followed = await cli.run(['job', 'stream', '-n', name]);
  expect(followed).toMatchObject({ code: 0 });
  return cli.json(['job', 'show', '-n', name]);
}

async function rowsOf(job: Record<string, unknown>): Promise<string> {
  const name = String(job['name']);
  await cli.json(['job', 'download', '-n', name, '-p', name]);
  return readFileSync(join(cli.folder, name, 'named-outputs/score', String(job['output_file_name'])), 'utf8');
}

describe('an input is', () => {
  test('a folder of this machine', async () => {
    expect(await rowsOf(await scored('--input-local-path', './input'))).toBe(
      'f0.txt text 0\nf1.txt text 1\nf2.txt text 2\n',
    );
  });

  test('a file of this machine, whatever its name', async () => {
    const name = `-x "quoted" 'and' %20 #?\n ü.txt`;
    cli.file(name, 'odd');
    const job = await scored(`--input-local-path=${name}`);
    expect((await rowsOf(job)).replace('\n ', ' ')).toContain('odd');
    expect((await scored('--input-local-path', name))['progress']).toMatchObject({ files: 1, rows: 1 });
  });

  test('a URL', async () => {
    const url = `${server.url}/account/container/file.txt`;
    expect(await rowsOf(await scored('--input-path', url))).toBe('file.txt from afar\n');
  });

  test('registered data', async () => {
    await cli.json(['data', 'create', '-n', 'digits', '--version', '1', '--path', 'input']);
    expect((await scored('--input-data', 'azureml:digits:1'))['progress']).toMatchObject({ files: 3 });
    expect((await scored('--input-data', 'azureml:digits@latest'))['progress']).toMatchObject({ files: 3 });
  });

  test('a path in a datastore', async () => {
    cli.file('store.yml', 'name: shelf\ntype: local_folder\npath: .\n');
    await cli.json(['datastore', 'create', '-f', 'store.yml']);
    const job = await scored('--input-datastore', 'azureml:shelf', '--input-path', 'input');
    expect(job).toMatchObject({ progress: { files: 3 } });
    const long = await scored('--input-path', 'azureml://datastores/shelf/paths/input/f1.txt');
    expect(long).toMatchObject({ progress: { files: 1 } });
  });
});

describe('an output goes', () => {
  test('to its own folder of the default datastore, where nothing is said', async () => {
    const job = await scored('--input-local-path', 'input', '--job-name', 'usual-place');
    expect(job).toMatchObject({
      name: 'usual-place',
      output: { datastore: 'azureml:workspaceblobstore', path: 'azureml/usual-place/score' },
      output_uri: expect.stringMatching(/azureml\/usual-place\/score\/predictions\.csv$/) as string,
    });
  });

  test('to a folder and a file of a datastore', async () => {
    const place = ['--output-datastore', 'azureml:workspaceblobstore', '--output-path', 'my output'];
    const job = await scored('--input-local-path', 'input', ...place, '--set', 'output_file_name=mine.csv');
    expect(job['output_uri']).toMatch(/\/my%20output\/mine\.csv$/);
    const again = invoke('--input-local-path', 'input', ...place, '--set', 'output_file_name=mine.csv');
    expect(await cli.run(again)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(OutputExists)') as string,
    });
    const uri = 'azureml://datastores/workspaceblobstore/paths/by/uri';
    expect((await scored('--input-local-path', 'input', '--output-path', uri))['output']).toMatchObject({
      path: 'by/uri',
    });
  });

  test.each([
    ['./out 1', 'out 1'],
    ['ABSOLUTE', 'out-2'],
    ['URI', 'out-3'],
  ])('to a folder of this machine: %s', async (form, folder) => {
    const full = join(cli.folder, folder);
    const path = { ABSOLUTE: full, URI: `file://${full.replaceAll(' ', '%20')}` }[form] ?? form;
    await scored('--input-local-path', 'input', '--output-path', path);
    expect(existsSync(join(full, 'predictions.csv'))).toBe(true);
  });
});

test('settings of the deployment are overridden for a job', async () => {
  const set = `output_file_name=other.csv retry_settings.max_retries=2 retry_settings.timeout=7 error_threshold=4
logging_level=Warning mini_batch_size=1 instance_count=1 max_concurrency_per_instance=2 output_action=summary_only
environment_variables.RATE=1.10 environment_variables.ON=true`;
  const more = ['--experiment-name', 'first', '--deployment', 'two'];
  const job = await cli.json(invoke('--input-local-path', 'input', '--set', ...set.split(/\s/), ...more));
  expect(job).toMatchObject({
    deployment_name: 'two',
    experiment_name: 'first',
    output_file_name: 'other.csv',
    retry_settings: { max_retries: 2, timeout: 7 },
    error_threshold: 4,
    logging_level: 'warning',
    mini_batch_size: 1,
    compute: { instance_count: 1 },
    max_concurrency_per_instance: 2,
    output_action: 'summary_only',
  });
  const flags = ['--mini-batch-size', '9', '--instance-count', '3', '--deployment-name', 'two'];
  const other = await cli.json(invoke('--input-local-path', 'input', ...flags, '--set', 'mini_batch_size=1'));
  expect(other).toMatchObject({ deployment_name: 'two', mini_batch_size: 9, compute: { instance_count: 3 } });
});

test.each([
  [[], 2, 'An input is missing: --input-data, --input-datastore with --input-path'],
  [
    ['--input-path', 'https://x.y/z', '--input-data', 'azureml:d:1'],
    2,
    'There is one input, and --input-data and --input-path each name one.',
  ],
  [
    ['--input-datastore', 'azureml:d', '--input-local-path', 'x'],
    2,
    '--input-datastore and --input-local-path each name one',
  ],
  [['--input-datastore', 'azureml:d'], 2, '--input-datastore needs --input-path'],
  [
    ['--input-datastore', 'azureml:d', '--input-path', 'https://x.y/z'],
    2,
    'With --input-datastore, --input-path is a path in it',
  ],
  [['--input-path', 'input'], 2, "'input' is a path of this machine: give it as --input-local-path."],
  [['--input-path', 'elsewhere'], 2, "--input-path takes a URL, but came 'elsewhere'."],
  [['--input-path', 'azureml:digits:1'], 2, 'give it as --input-data'],
  [['--input-local-path', 'https://x.y/z'], 2, 'give it as --input-path'],
  [['--input-local-path', 'gone'], 3, '(InputNotFound)'],
  [['--input-data', 'azureml:gone:1'], 3, "There is no data asset 'gone'"],
  [['--input-data', 'a/b'], 2, '(ReferenceInvalid)'],
  [
    ['--input-local-path', 'input', '--output-datastore', 'azureml:d', '--output-path', './x'],
    2,
    'With --output-datastore, --output-path',
  ],
  [['--input-local-path', 'input', '--output-path', 'x/../y'], 2, '(OutputInvalid)'],
  [
    ['--input-local-path', 'input', '--output-path', '../up'],
    2,
    "(OutputInvalid) '../up' cannot be the place of the output: it climbs out of the current folder with '..'.",
  ],
  [['--input-local-path', 'input', '--deployment', 'nowhere'], 3, "There is no deployment 'nowhere'"],
  [
    ['--input-local-path', 'input', '--set', 'output_file_name='],
    2,
    '--set output_file_name: expected text that is not empty, but came ""',
  ],
  [
    ['--input-local-path', 'input', '--set', 'retry_setting.timeout=1'],
    2,
    "--set retry_setting.timeout: the key 'retry_setting' is not known. Did you mean 'retry_settings'?",
  ],
  [
    ['--input-local-path', 'input', '--set', 'output_action=rows'],
    2,
    '--set output_action: expected one of "append_row", "summary_only", but came "rows"',
  ],
  [
    ['--input-local-path', 'input', '--job-name', 'no spaces'],
    2,
    "(NameInvalid) 'no spaces' cannot be the name of a job",
  ],
])('an invocation with %j is refused', async (args, code, said) => {
  const result = await cli.run(invoke(...args));
  expect(result.stderr).toContain(said);
  expect(result).toMatchObject({ code, stdout: '' });
});

test('the name of a job is taken once', async () => {
  await cli.json(invoke('--input-local-path', 'input', '--job-name', 'taken'));
  const second = await cli.run(invoke('--input-local-path', 'input', '--job-name', 'taken'));
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('(JobExists)') as string });
});
