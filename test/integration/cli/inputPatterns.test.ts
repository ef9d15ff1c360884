import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli, 3);
  cli.file('input/notes/a.md', 'a note');
  cli.file(
    'echo.yml',
    `name: echo
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: code, scoring_script: echo.py}
compute: azureml:cpu-cluster
`,
  );
  for (const line of [
    'compute create -n cpu-cluster',
    'batch-endpoint create -n digits',
    'batch-deployment create -f echo.yml --endpoint-name digits --set-default',
  ])
    await cli.json(line.split(' '));
});
afterAll(() => cli.close());

/** The job that an invocation makes, once it is at its end. */
async function scored(...args: string[]): Promise<Record<string, unknown>> {
  const { name } = await cli.json<{ name: string }>(args);
  await cli.run(['job', 'stream', '-n', name]);
  return cli.json(['job', 'show', '-n', name]);
}

test.each([
  ['batch-endpoint invoke -n digits --input input', 'batch-endpoint invoke'],
  ['endpoint invoke --type batch -n digits --input-local-path input', 'endpoint invoke'],
])('%s takes patterns, repeated and several at once', async (line) => {
  const given = ['--include', '*.txt', '*.md', '--exclude', 'notes/', '--exclude', '*0.txt'];
  const job = await scored(...line.split(' '), ...given);
  expect(job).toMatchObject({
    status: 'Completed',
    progress: { files: 2 },
    input_filter: { include: ['*.txt', '*.md'], exclude: ['notes/', '*0.txt'] },
  });
  expect(job['warnings']).toEqual([
    "The pattern '*.md' of include matches none of the 3 files of the input.",
  ]);
});

test('patterns of a file are those of the command line where it gives any', async () => {
  cli.file(
    'invocation.yml',
    'inputs: {digits: {type: uri_folder, path: input}}\ninclude: ["*.md"]\nexclude: ["*1.txt"]\n',
  );
  const invoke = ['batch-endpoint', 'invoke', '-n', 'digits', '-f', 'invocation.yml'];
  expect(await scored(...invoke)).toMatchObject({ progress: { files: 1 } });
  expect(await scored(...invoke, '--include', '*.txt')).toMatchObject({ progress: { files: 2 } });
});

test('a pattern that cannot be used is told before there is a job', async () => {
  const answer = await cli.run('batch-endpoint invoke -n digits --input input --exclude a['.split(' '));
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain("The pattern 'a[' of exclude cannot be used");
});
