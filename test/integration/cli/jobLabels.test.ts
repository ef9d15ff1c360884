import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
const jobs: string[] = [];

beforeAll(async () => {
  aProject(cli, 1);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  for (let i = 0; i < 3; i++) {
    const started = await cli.json<{ name: string }>([
      'endpoint',
      'invoke',
      '-n',
      'digits',
      '--input-local-path',
      'input',
    ]);
    jobs.push(started.name);
    await cli.run(['job', 'stream', '-n', started.name]);
  }
});
afterAll(() => cli.close());

const names = (...more: string[]): Promise<unknown> =>
  cli.json(['job', 'list', ...more, '--query', '[].name']);

test('job update changes what is said of a job, and nothing else', async () => {
  const [name = ''] = jobs;
  const before = await cli.json(['job', 'show', '-n', name]);
  const update = ['job', 'update', '--name', name];
  const set = ['--set', 'tags.team=vision', 'tags.n=1', 'description=May', 'display_name=Digits'];
  expect(await cli.json([...update, ...set])).toMatchObject({
    name,
    status: 'Completed',
    display_name: 'Digits',
    description: 'May',
    tags: { team: 'vision', n: '1' },
  });
  const changed = await cli.json([
    ...update,
    '--add',
    'tags',
    'a=b',
    '--remove',
    'tags.n',
    'description',
    'display_name',
  ]);
  expect(changed).toEqual({
    ...before,
    tags: { team: 'vision', a: 'b' },
    services: changed['services'],
    studio_endpoint: changed['studio_endpoint'],
  });
  expect(await cli.json(['job', 'show', '-n', name, '--query', 'tags'])).toEqual({ team: 'vision', a: 'b' });
});

test.each([
  [['--set', 'status=Queued'], 1, '(JobFixed)'],
  [['--set', 'tag.x=y'], 2, "the key 'tag' is not known. Did you mean 'tags'?"],
  [[], 2, '(NothingToChange)'],
])('job update %j is refused', async (more, code, said) => {
  const refused = await cli.run(['job', 'update', '-n', jobs[0] ?? '', ...more]);
  expect(refused).toMatchObject({ code, stderr: expect.stringContaining(said) as string });
  expect((await cli.run(['job', 'update', '-n', 'nowhere', '--set', 'tags.a=b'])).code).toBe(3);
});

test('job archive and restore: lists leave the job out meanwhile, over all their pages', async () => {
  const [first = '', second = '', third = ''] = jobs;
  expect(await cli.run(['job', 'archive', '--name', second])).toMatchObject({ code: 0, stdout: '' });
  expect(await names()).toEqual([third, first]);
  expect(await names('--max-results', '2')).toEqual([third, first]);
  expect(await names('--all-results')).toEqual([third, first]);
  expect(await names('--archived-only')).toEqual([second]);
  expect(await names('--include-archived')).toEqual([third, second, first]);
  expect(await cli.json(['endpoint', 'list-jobs', '-n', 'digits', '--query', '[].name'])).toEqual([
    third,
    first,
  ]);
  expect(await cli.json(['job', 'show', '-n', second])).toMatchObject({
    is_archived: true,
    status: 'Completed',
  });
  expect((await cli.run(['job', 'restore', '--name', second])).code).toBe(0);
  expect(await names()).toEqual([third, second, first]);
  expect((await cli.run(['job', 'archive', '-n', 'nowhere'])).code).toBe(3);
});
