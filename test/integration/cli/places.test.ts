import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine();
afterAll(() => cli.close());

describe('compute', () => {
  const update = ['compute', 'update', '--name', 'cpu'];
  beforeAll(() => cli.json(['compute', 'create', '-n', 'cpu', '--max-instances', '3', '--size', 'Standard']));

  test('update changes what is said, and keeps the rest', async () => {
    expect(await cli.json([...update, '--min-instances', '1', '--max-instances', '8'])).toMatchObject({
      min_instances: 1,
      max_instances: 8,
      size: 'Standard',
    });
    const changed = await cli.json([...update, '--set', 'tags.team=1', 'description=many', '--no-wait']);
    expect(changed).toMatchObject({ max_instances: 8, tags: { team: '1' }, description: 'many' });
    const less = await cli.json([...update, '--add', 'tags', 'a=b', '--remove', 'tags.team', 'description']);
    expect(less).toMatchObject({ max_instances: 8, tags: { a: 'b' } });
    expect(less).not.toHaveProperty('description');
    const shown = await cli.json(['compute', 'show', '-n', 'cpu']);
    expect(shown).toEqual({ ...less, use: { instances: 0, jobs: 0, jobs_queued: 0 } });
  });

  test('update --file takes the place of all of it', async () => {
    cli.file('compute.yml', 'name: other\ntype: amlcompute\nmax_instances: 5\n');
    const changed = await cli.json([...update, '--file', 'compute.yml']);
    expect(changed).toMatchObject({ name: 'cpu', max_instances: 5, tags: {} });
  });

  test.each([
    [[], '(NothingToChange)'],
    [['--min-instances', '9'], 'expected at most max_instances'],
    [['--set', 'max_instance=2'], "Did you mean 'max_instances'?"],
    [['--remove', 'tags.nowhere'], '--remove tags.nowhere: there is nothing by that key'],
  ])('update %j is refused', async (more, said) => {
    const refused = await cli.run([...update, ...more]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(said) as string });
  });

  test('update of one that is not there makes none', async () => {
    expect((await cli.run(['compute', 'update', '-n', 'nobody', '--max-instances', '2'])).code).toBe(3);
    expect((await cli.run(['compute', 'show', '-n', 'nobody'])).code).toBe(3);
  });

  test('list: as many as are asked for with --max-results, of a --type', async () => {
    await cli.json(['compute', 'create', '-n', 'another']);
    const list = ['compute', 'list', '--type', 'amlcompute', '--query', '[].name'];
    expect(await cli.json(list)).toEqual(['another', 'cpu']);
    expect(await cli.json([...list, '--max-results', '1'])).toEqual(['another']);
    expect((await cli.run(['compute', 'list', '--type', 'kubernetes'])).code).toBe(2);
  });

  test('delete, once nobody has to be asked', async () => {
    const asked = await cli.run(['compute', 'delete', '--name', 'another']);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining("compute 'another'") as string });
    expect((await cli.run(['compute', 'delete', '-n', 'another', '-y', '--no-wait'])).code).toBe(0);
    expect((await cli.run(['compute', 'show', '-n', 'another'])).code).toBe(3);
  });
});

describe('datastore', () => {
  const update = ['datastore', 'update', '--name', 'pictures'];
  const file = (key: string): string =>
    `name: pictures\ntype: azure_blob\naccount_name: acme\ncontainer_name: digits\ncredentials: {account_key: ${key}}\n`;
  beforeAll(async () => {
    cli.file('datastore.yml', file('Zmlyc3Q='));
    await cli.json(['datastore', 'create', '--file', 'datastore.yml']);
  });

  test('update changes what is said, and keeps the rest with its secrets', async () => {
    const set = ['--set', 'description=all', 'tags.team=a', 'container_name=other'];
    expect(await cli.json([...update, ...set])).toMatchObject({
      description: 'all',
      tags: { team: 'a' },
      account_name: 'acme',
      container_name: 'other',
      credentials: { type: 'account_key' },
    });
    const less = await cli.json([...update, '--add', 'tags', 'b=1', '--remove', 'tags.team', 'description']);
    expect(less).toMatchObject({ tags: { b: '1' }, credentials: { type: 'account_key' } });
    expect(less).not.toHaveProperty('description');
  });

  test('update --file takes the place of all of it', async () => {
    cli.file('datastore.yml', file('c2Vjb25k'));
    const { stdout, code } = await cli.run([...update, '--file', 'datastore.yml']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ container_name: 'digits', tags: {} });
    expect(stdout).not.toContain('c2Vjb25k');
  });

  test('update is refused for the default one, and where it says nothing', async () => {
    const fixed = await cli.run([
      'datastore',
      'update',
      '-n',
      'workspaceblobstore',
      '--set',
      'description=x',
    ]);
    expect(fixed.stderr).toContain('(DefaultDatastoreFixed)');
    expect(fixed.code).toBe(1);
    expect(await cli.run(update)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(NothingToChange)') as string,
    });
  });

  test('list: as many as are asked for with --max-results', async () => {
    const list = ['datastore', 'list', '--query', '[].name'];
    expect(await cli.json(list)).toEqual(['workspaceblobstore', 'pictures']);
    expect(await cli.json([...list, '-r', '1'])).toEqual(['workspaceblobstore']);
  });

  test('delete, once nobody has to be asked, but never the default one', async () => {
    const asked = await cli.run(['datastore', 'delete', '-n', 'pictures']);
    expect(asked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(ConfirmationNeeded)') as string,
    });
    expect((await cli.run(['datastore', 'delete', '--name', 'pictures', '--yes'])).code).toBe(0);
    expect((await cli.run(['datastore', 'show', '--name', 'pictures'])).code).toBe(3);
    const fixed = await cli.run(['datastore', 'delete', '-n', 'workspaceblobstore', '-y']);
    expect(fixed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(DefaultDatastoreFixed)') as string,
    });
  });
});
