import { CommandSession } from '../../support/commandSession';

const cli = new CommandSession();
afterAll(() => cli.close());

/** The file of a schedule of the endpoint `sums` that is due on New Year's Day, with these lines in the place of others. */
function file(name: string, changes: Readonly<Record<string, string>> = {}): string {
  const keys: Record<string, string> = {
    $schema: 'https://azuremlschemas.azureedge.net/latest/schedule.schema.json',
    name: 'nightly',
    trigger: '{type: cron, expression: "0 2 1 1 *", time_zone: Korea Standard Time}',
    create_job:
      '{endpoint: azureml:sums, input: {path: "azureml://datastores/landing/paths/{schedule:yyyy}/"}}',
    ...changes,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}\n`);
  return cli.file(name, lines.join(''));
}

beforeAll(async () => {
  cli.file('code/score.js', 'exports.run = (batch) => batch.map(() => 1);');
  cli.file('model/model.txt', 'a model');
  cli.file('landing.yml', 'name: landing\ntype: local_folder\npath: landing\n');
  cli.file(
    'deployment.yml',
    'name: main\nendpoint_name: sums\nmodel: {name: sums, path: model}\ncode_configuration: {code: code, scoring_script: score.js}\ncompute: azureml:cpu\n',
  );
  await cli.json(['compute', 'create', '-n', 'cpu']);
  await cli.json(['datastore', 'create', '-f', 'landing.yml']);
  await cli.json(['batch-endpoint', 'create', '-n', 'sums']);
  await cli.json(['batch-deployment', 'create', '-f', 'deployment.yml', '--set-default']);
}, 60_000);

test('create, show, update, disable, enable and delete, in the words of the file', async () => {
  file('nightly.yml', { description: 'every year', tags: '{team: sums}' });
  const made = await cli.json<{ next_run: string; trigger: object }>([
    'schedule',
    'create',
    '-f',
    'nightly.yml',
    '-n',
    'yearly',
    '--no-wait',
  ]);
  expect(made).toMatchObject({
    name: 'yearly',
    description: 'every year',
    trigger: { type: 'cron', expression: '0 2 1 1 *', time_zone: 'Asia/Seoul' },
    create_job: {
      endpoint: 'sums',
      input: { type: 'uri_folder', path: 'azureml://datastores/landing/paths/{schedule:yyyy}/' },
    },
    misfire: 'once',
    misfire_limit: 10,
    concurrency: 'allow',
    jitter: 0,
    is_enabled: true,
    state: 'active',
    next_run: expect.stringMatching(/^\d{4}-12-31T17:00:00\.000Z$/) as string,
  });
  const year = Number(made.next_run.slice(0, 4));
  const shown = await cli.json(['schedule', 'show', '--name', 'yearly', '--next', '2']);
  expect(shown).toEqual({
    ...made,
    next_runs: [
      { local: `${year + 1}-01-01T02:00:00+09:00`, utc: `${year}-12-31T17:00:00Z` },
      { local: `${year + 2}-01-01T02:00:00+09:00`, utc: `${year + 1}-12-31T17:00:00Z` },
    ],
  });
  const change = ['schedule', 'update', '-n', 'yearly', '--set'];
  const changed = await cli.json([
    ...change,
    'trigger.end_time=2099-01-01T00:00:00',
    'create_job.overrides.mini_batch_size=50',
    'create_job.overrides.retry_settings.timeout=7',
    'concurrency=forbid',
  ]);
  expect(changed).toMatchObject({
    description: 'every year',
    trigger: { end_time: '2098-12-31T15:00:00.000Z' },
    create_job: { overrides: { mini_batch_size: 50, retry_settings: { timeout: 7 } } },
    concurrency: 'forbid',
  });
  const less = await cli.json([
    ...['schedule', 'update', '-n', 'yearly', '--remove', 'trigger.end_time', 'description'],
    ...['--add', 'tags', 'stage=1', '--force-string', '--no-wait'],
  ]);
  expect(less).toMatchObject({ tags: { team: 'sums', stage: '1' }, concurrency: 'forbid' });
  expect(less).not.toHaveProperty('description');
  expect(less['trigger']).not.toHaveProperty('end_time');
  expect(await cli.json(['schedule', 'disable', '-n', 'yearly', '--no-wait'])).toMatchObject({
    is_enabled: false,
    state: 'disabled',
    concurrency: 'forbid',
  });
  expect(await cli.json(['schedule', 'enable', '-n', 'yearly', '--no-wait'])).toMatchObject({
    state: 'active',
  });
  const whole = await cli.json(['schedule', 'update', '-n', 'yearly', '--file', 'nightly.yml']);
  expect(whole).toMatchObject({ name: 'yearly', description: 'every year', concurrency: 'allow' });
  expect((await cli.run(['schedule', 'delete', '-n', 'yearly', '--yes', '--no-wait'])).code).toBe(0);
  expect((await cli.run(['schedule', 'show', '-n', 'yearly'])).code).toBe(3);
}, 60_000);

test('a recurrence with single numbers and days, in either spelling', async () => {
  file('weekly.yml', {
    name: 'weekly',
    trigger:
      '{type: recurrence, frequency: week, interval: 1, start_time: "2026-01-05T00:00:00", schedule: {hours: 8, minutes: [0, 30], week_days: monday}}',
    is_enabled: 'false',
  });
  expect(await cli.json(['schedule', 'create', '-f', 'weekly.yml'])).toMatchObject({
    trigger: {
      type: 'recurrence',
      frequency: 'week',
      interval: 1,
      schedule: { hours: [8], minutes: [0, 30], weekdays: ['monday'] },
      time_zone: 'UTC',
      start_time: '2026-01-05T00:00:00.000Z',
    },
    is_enabled: false,
  });
}, 30_000);

test('list has the enabled ones, or those that are asked for', async () => {
  file('on.yml', { name: 'on' });
  file('off.yml', { name: 'off', is_enabled: 'false' });
  await cli.json(['schedule', 'create', '-f', 'on.yml']);
  const described = ['--set', 'description=not yet', '--query', 'description'];
  expect(await cli.json(['schedule', 'create', '-f', 'off.yml', ...described])).toBe('not yet');
  const names = async (...more: string[]): Promise<string[]> =>
    (await cli.json<string[]>(['schedule', 'list', '--query', '[].name', ...more])).filter(
      (one) => one !== 'weekly',
    );
  const lists = [
    names(),
    names('--enabled-only'),
    names('--disabled-only'),
    names('--include-disabled'),
    names('--include-disabled', '--max-results', '1'),
  ];
  expect(await Promise.all(lists)).toEqual([['on'], ['on'], ['off'], ['off', 'on'], ['off']]);
  const completed = await cli.start(['__complete', 'bash', 'batchpoint schedule enable --name of', ''])
    .finished;
  expect(completed.stdout).toBe('off\n');
  const both = await cli.run(['schedule', 'list', '--enabled-only', '--disabled-only']);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('one is enough') as string });
  const table = await cli.run(['schedule', 'list', '-o', 'table']);
  expect(table.stdout).toMatch(/^Name +State +Endpoint +Cron +TimeZone +NextRun\n/);
}, 60_000);

test('a file with faults is refused with all of them and their lines, and nothing is made', async () => {
  file('refused.yml', {
    name: 'refused',
    trigger: '{type: cron, expresion: "0 2 * * *"}',
    create_job: '{type: pipeline, jobs: {a: {}}}',
  });
  const { code, stderr } = await cli.run(['schedule', 'create', '--file', 'refused.yml']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/refused\.yml:3:\d+: trigger\.expresion: .* Did you mean 'expression'\?/);
  expect(stderr).toMatch(/refused\.yml:4:\d+: create_job\.type: .* none of type pipeline/);
  expect((await cli.run(['schedule', 'show', '-n', 'refused'])).code).toBe(3);
}, 30_000);

test('trigger starts a job now, which says who started it, and is listed below its schedule', async () => {
  cli.file('landing/2030/a.txt', 'a');
  file('now.yml', { name: 'now', is_enabled: 'false' });
  await cli.json(['schedule', 'create', '-f', 'now.yml']);
  const line = ['schedule', 'trigger', '-n', 'now', '--once', '--schedule-time', '2030-06-01T00:00:00Z'];
  const job = await cli.json<{ name: string; caller: object }>(line);
  expect(job.caller).toMatchObject({
    type: 'schedule',
    name: 'now',
    id: expect.stringMatching(/^once /) as string,
  });
  const input = ['--input', 'landing/2030', '--query', 'name'];
  const own = await cli.json<string>(['batch-endpoint', 'invoke', '-n', 'sums', ...input]);
  const again = ['job', 'rerun', '-n', job.name, '--query', 'caller.type'];
  await cli.run(['job', 'stream', '-n', job.name]);
  expect(await cli.json(again)).toBe('user');
  const list = ['job', 'list', '--query', '[].name'];
  expect(await cli.json([...list, '--schedule', 'NOW'])).toEqual([job.name]);
  expect(await cli.json([...list, '--trigger', 'now'])).toEqual([]);
  expect(await cli.json(list)).toEqual(expect.arrayContaining([job.name, own]));
  const both = await cli.run([...list, '--trigger', 'now', '--schedule', 'now']);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('is enough') as string });
  const table = await cli.run(['job', 'list', '--schedule', 'now', '-o', 'table']);
  expect(table.stdout).toMatch(/ Caller +CallerName .*\n.*\n.* schedule +now /);
}, 60_000);
