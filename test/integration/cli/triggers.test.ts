import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
afterAll(() => cli.close());

type Shown = Readonly<Record<string, unknown>>;

const file = `name: arrivals
endpoint: azureml:digits
watch:
  datastore: landing
  path: incoming
  include: ["*.csv"]
output: ./scored/{name}-{job}.csv
overrides:
  mini_batch_size: 3
  retry_settings: {max_retries: 2, timeout: 60}
  logging_level: debug
  output: {format: jsonl}
notifications:
  - {type: webhook, url: "https://example.com/hook", secret: whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz, on: [failed]}
tags: {team: vision}
`;

beforeAll(async () => {
  aProject(cli);
  cli.file('trigger.yml', file);
  cli.file('landing.yml', 'name: landing\ntype: local_folder\npath: ./landing\n');
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  await cli.json(['datastore', 'create', '-f', 'landing.yml']);
});

function create(...more: string[]): Promise<Shown> {
  return cli.json(['trigger', 'create', '-f', 'trigger.yml', ...more]);
}

test('create makes a trigger as the file says, and show shows it as the file had it', async () => {
  const made = await create();
  expect(made).toMatchObject({
    name: 'arrivals',
    endpoint: 'digits',
    watch: { datastore: 'landing', path: 'incoming', include: ['*.csv'], settle_seconds: 0.25 },
    batching: { type: 'each' },
    output: `file://${encodeURI(cli.folder)}/scored/{name}-{job}.csv`,
    overrides: {
      mini_batch_size: 3,
      retry_settings: { max_retries: 2, timeout: 60 },
      logging_level: 'debug',
      output: { format: 'jsonl' },
    },
    notifications: [{ type: 'webhook', url: 'https://example.com/hook', has_secret: true, on: ['failed'] }],
    tags: { team: 'vision' },
    paused: false,
    status: { state: 'active', files_waiting: 0, files_taken: 0 },
  });
  expect(await cli.json(['trigger', 'show', '-n', 'arrivals'])).toEqual(made);
});

test('create takes all that is common by options, with --set over the file and options over that', async () => {
  const options = ['--endpoint-name', 'digits', '--datastore', 'landing', '--path', 'in', '--paused'];
  const made = await cli.json([
    ...['trigger', 'create', '--name', 'by-options', ...options, '--include', '*.csv', '*.tsv'],
    ...['--exclude', 'tmp/', '--window-seconds', '60', '--window-files', '5', '--tags', 'a=1'],
    ...['--output-path', 'out/{job}.csv', '--description', 'all', '--set', 'watch.settle_seconds=2'],
  ]);
  expect(made).toMatchObject({
    description: 'all',
    watch: { path: 'in', include: ['*.csv', '*.tsv'], exclude: ['tmp/'], settle_seconds: 2 },
    batching: { type: 'window', seconds: 60, files: 5 },
    output: `file://${encodeURI(cli.folder)}/out/{job}.csv`,
    tags: { a: '1' },
    status: { state: 'paused' },
  });
  const other = ['--name', 'by-marker', '--marker', 'DONE', '--set', 'name=nobody', 'description=x'];
  expect(await create(...other)).toMatchObject({
    name: 'by-marker',
    batching: { type: 'marker', name: 'DONE' },
    description: 'x',
  });
});

describe('update', () => {
  const update = (...more: string[]): Promise<Shown> =>
    cli.json(['trigger', 'update', '-n', 'changing', ...more]);

  beforeAll(() => create('--name', 'changing'));

  test('changes what is said, and keeps the rest with the secrets of its notifications', async () => {
    const before = await cli.json<Shown>(['trigger', 'show', '-n', 'changing']);
    const changed = await update('--set', 'overrides.mini_batch_size=9', '--add', 'tags', 'a=b');
    expect(changed).toEqual({
      ...before,
      overrides: { ...(before['overrides'] as object), mini_batch_size: 9 },
      tags: { team: 'vision', a: 'b' },
    });
    const less = await update('--remove', 'output', 'tags.team', 'overrides.logging_level', '--force-string');
    expect(less).not.toHaveProperty('output');
    expect(less).toMatchObject({ tags: { a: 'b' } });
    expect(less['overrides']).not.toHaveProperty('logging_level');
    expect(less['notifications']).toEqual(before['notifications']);
  });

  test('--file takes the place of all of it', async () => {
    cli.file('other.yml', 'name: another\nendpoint: digits\nwatch: {path: other}\n');
    const changed = await update('--file', 'other.yml');
    expect(changed).toMatchObject({
      name: 'changing',
      watch: { datastore: 'workspaceblobstore', path: 'other' },
      tags: {},
    });
    expect(changed).not.toHaveProperty('overrides');
  });

  test.each([
    [[], '(NothingToChange)'],
    [['--set', 'watch.pth=a'], "Did you mean 'path'?"],
    [['--set', 'output=all.csv'], 'unless {name} or {job} is in it'],
    [['--set', 'batching={"type":"each","seconds":5}'], '--set batching.seconds: this is not allowed here'],
  ])('%j is refused', async (more, said) => {
    const refused = await cli.run(['trigger', 'update', '-n', 'changing', ...more]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(said) as string });
  });
});

test('pause, resume, list and delete do as they say', async () => {
  await create('--name', 'switched');
  const run = (verb: string, ...more: string[]): Promise<Shown> =>
    cli.json(['trigger', verb, '-n', 'switched', ...more]);
  expect(await run('pause')).toMatchObject({ paused: true, status: { state: 'paused' } });
  expect(await run('resume')).toMatchObject({ paused: false, status: { state: 'active' } });
  expect(await run('list-files', '--max-results', '5')).toEqual([]);
  const table = await cli.run(['trigger', 'list', '-o', 'table']);
  expect(table.stdout).toMatch(/^Name +State +Endpoint +Datastore +Path .*Batching +Waiting +Taken\n/);
  expect(table.stdout).toMatch(/^switched +active +digits +landing +incoming +each +0 +0$/m);
  const asked = await cli.run(['trigger', 'delete', '--name', 'switched']);
  expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining("trigger 'switched'") as string });
  expect((await cli.run(['trigger', 'delete', '-n', 'switched', '--yes', '--no-wait'])).code).toBe(0);
  expect((await cli.run(['trigger', 'show', '-n', 'switched'])).code).toBe(3);
  const names = ['trigger', 'list', '--query', '[].name'];
  expect(await cli.json(names)).not.toContain('switched');
  expect(await cli.json([...names, '--max-results', '1'])).toHaveLength(1);
});

test('what only the host knows is refused by it', async () => {
  const other = ['trigger', 'create', '-f', 'trigger.yml', '--deployment-name', 'nobody'];
  expect(await cli.run(other)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("There is no deployment 'nobody'") as string,
  });
  const line = ['trigger', 'create', '-f', 'trigger.yml', '--endpoint-name', 'nobody'];
  expect(await cli.run(line)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("There is no endpoint 'nobody'") as string,
  });
});

test('completion knows the triggers, and what their options name', async () => {
  const complete = async (...words: string[]): Promise<string[]> => {
    const { stdout } = await cli.run(['__complete', 'zsh', 'batchpoint', ...words]);
    return stdout.split('\n').map((line) => line.split('\t')[0] ?? '');
  };
  expect(await complete('trigger', 'show', '--name', '')).toContain('arrivals');
  expect(await complete('trigger', 'create', '--datastore', '')).toContain('landing');
});

test('the host watches the folder as soon as the trigger is there', () => {
  const { places } = JSON.parse(readFileSync(join(cli.state, 'watched.json'), 'utf8')) as {
    places: { folder: string }[];
  };
  expect(places.map(({ folder }) => folder)).toContain(join(cli.folder, 'landing/incoming'));
});
