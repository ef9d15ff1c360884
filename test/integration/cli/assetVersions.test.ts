import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
});
afterAll(() => cli.close());

/** How a version of each kind is made, and what of it does not change. */
const kinds = [
  ['model', ['--path', 'model'], 'path'],
  ['data', ['--path', 'input'], 'path'],
  ['environment', ['--image', 'example.com/image', '--only-show-errors'], 'image'],
] as const;

describe.each(kinds)('%s: the versions of an asset', (group, content, fixed) => {
  const name = `my-${group}`;
  const asset = (verb: string, ...more: string[]): string[] => [group, verb, '--name', name, ...more];
  const versions = (...more: string[]): Promise<unknown> =>
    cli.json([...asset('list', ...more), '--query', '[].version']);
  const names = (...more: string[]): Promise<unknown> =>
    cli.json([group, 'list', ...more, '--query', '[].name']);

  beforeAll(async () => {
    for (const version of ['1', '2', '3'])
      await cli.json([group, 'create', '-n', name, '-v', version, ...content]);
  });

  test('show: the newest, a certain one, or that of a label', async () => {
    expect(await cli.json(asset('show'))).toMatchObject({ version: '3' });
    expect(await cli.json(asset('show', '--version', '1'))).toMatchObject({ version: '1' });
    expect(await cli.json(asset('show', '--label', 'latest'))).toMatchObject({ version: '3' });
    const both = await cli.run(asset('show', '-v', '1', '-l', 'latest'));
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('one is enough') as string });
  });

  test('list: as many as are asked for with --max-results', async () => {
    expect(await versions('--max-results', '2')).toEqual(['3', '2']);
    expect(await versions('-r', '1')).toEqual(['3']);
  });

  test('update --set, --add and --remove change what is said of a version', async () => {
    const set = ['--set', 'description=5', 'tags.team=vision', 'tags.number=7'];
    expect(await cli.json(asset('update', '--version', '1', ...set))).toMatchObject({
      version: '1',
      description: '5',
      tags: { team: 'vision', number: '7' },
    });
    const changed = await cli.json(
      asset(
        'update',
        '-v',
        '1',
        '--add',
        'tags',
        'a=1',
        'b=2',
        'properties',
        'p=q',
        '--remove',
        'tags.team',
        'description',
      ),
    );
    expect(changed).toMatchObject({ tags: { number: '7', a: '1', b: '2' }, properties: { p: 'q' } });
    expect(changed).not.toHaveProperty('description');
    expect(await cli.json(asset('show', '-v', '1'))).toEqual(changed);
    expect(await cli.json(asset('update', '--label', 'latest', '--set', 'tags.x=y'))).toMatchObject({
      version: '3',
      tags: { x: 'y' },
    });
  });

  test.each([
    [['--set', `${fixed}=other`], 1, '(VersionFixed)'],
    [['--set', 'descripton=x'], 2, "the key 'descripton' is not known. Did you mean 'description'?"],
    [['--set', 'tags=x'], 2, 'tags: expected a mapping of texts'],
    [['--set', 'description={"a":1}'], 2, 'description: expected a text'],
    [['--add', 'a=1'], 2, '--add takes a mapping and what goes into it'],
    [['--remove', 'tags.nowhere'], 2, '--remove tags.nowhere: there is nothing by that key'],
    [[], 2, '(NothingToChange)'],
  ])('update %j is refused', async (more, code, said) => {
    const refused = await cli.run(asset('update', '-v', '2', ...more));
    expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) as string });
  });

  test('archive and restore a version: lists and the newest one leave it out meanwhile', async () => {
    expect(await cli.run(asset('archive', '--version', '3'))).toMatchObject({ code: 0, stdout: '' });
    expect(await versions()).toEqual(['2', '1']);
    expect(await versions('--archived-only')).toEqual(['3']);
    expect(await versions('--include-archived')).toEqual(['3', '2', '1']);
    expect(await cli.json(asset('show'))).toMatchObject({ version: '2' });
    expect(await cli.json(asset('show', '-v', '3'))).toMatchObject({ is_archived: true });
    const both = await cli.run(asset('list', '--archived-only', '--include-archived'));
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('(UsageInvalid)') as string });
    expect((await cli.run(asset('restore', '-v', '3'))).code).toBe(0);
    expect(await versions()).toEqual(['3', '2', '1']);
    expect((await cli.run(asset('archive', '--label', 'latest'))).code).toBe(0);
    expect(await versions()).toEqual(['2', '1']);
    expect((await cli.run(asset('restore', '--version', '3'))).code).toBe(0);
    // The label means a version that is not archived: there is nothing to take back.
    expect((await cli.run(asset('restore', '--label', 'latest'))).code).toBe(0);
    expect(await versions()).toEqual(['3', '2', '1']);
  });

  test('archive and restore all of it', async () => {
    expect((await cli.run(asset('archive'))).code).toBe(0);
    expect(await names()).toEqual([]);
    expect(await names('--archived-only')).toEqual([name]);
    expect(await names('--include-archived', '-r', '5')).toEqual([name]);
    expect((await cli.run(asset('restore'))).code).toBe(0);
    expect(await names()).toEqual([name]);
    expect((await cli.run([group, 'archive', '-n', 'nowhere'])).code).toBe(3);
  });

  test('delete a version, then all of it, once nobody has to be asked', async () => {
    const asked = await cli.run(asset('delete', '--version', '3'));
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/\(ConfirmationNeeded\) This deletes version 3 of .* 'my-/);
    expect(await cli.run(asset('delete', '-v', '3', '--yes'))).toMatchObject({ code: 0, stdout: '' });
    expect((await cli.run(asset('show', '-v', '3'))).code).toBe(3);
    expect(await cli.json(asset('show'))).toMatchObject({ version: '2' });
    expect((await cli.run(asset('delete', '--label', 'latest', '-y'))).code).toBe(0);
    expect(await cli.json(asset('show'))).toMatchObject({ version: '1' });
    expect((await cli.run(asset('delete', '-y'))).code).toBe(0);
    expect((await cli.run(asset('show'))).code).toBe(3);
    expect((await cli.run(asset('delete', '-y'))).code).toBe(3);
  });
});

test('model update --set stage=... says how far a model has come', async () => {
  await cli.json(['model', 'create', '-n', 'staged', '-v', '1', '--path', 'model']);
  const update = ['model', 'update', '-n', 'staged', '-v', '1'];
  expect(await cli.json([...update, '--set', 'stage=Production'])).toMatchObject({ stage: 'Production' });
  expect(await cli.json([...update, '--remove', 'stage'])).not.toHaveProperty('stage');
  await cli.json(['data', 'create', '-n', 'unstaged', '-v', '1', '--path', 'input']);
  expect((await cli.run(['data', 'update', '-n', 'unstaged', '--set', 'stage=x'])).stderr).toContain(
    "the key 'stage' is not known",
  );
});

test('model delete is refused where a deployment uses it, which is named', async () => {
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  const { code, stderr } = await cli.run(['model', 'delete', '-n', 'weights', '-v', '1', '-y']);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "(AssetInUse) Version 1 of model 'weights' is used by deployment 'one' of endpoint 'digits'",
  );
  expect((await cli.run(['model', 'archive', '-n', 'weights', '-v', '1'])).code).toBe(0);
  const none = await cli.run(['model', 'show', '-n', 'weights']);
  expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('(NoCurrentVersion)') as string });
});

describe('model download', () => {
  test('gets the files of a version, below the name of the model', async () => {
    cli.file('deep/sub/weights.bin', Buffer.alloc(9_000_000, 7));
    cli.file('deep/a b.txt', 'text');
    await cli.json(['model', 'create', '-n', 'deep', '-v', '1', '--path', 'deep']);
    await cli.json(['model', 'create', '-n', 'deep', '-v', '2', '--path', 'model/weights.txt']);
    const got = ['model', 'download', '--name', 'deep', '--version', '1', '--download-path', 'got'];
    const files = await cli.json<{ name: string }[]>(got);
    expect(files.map(({ name }) => name)).toEqual(['deep/a b.txt', 'deep/sub/weights.bin']);
    const read = (path: string): Buffer => readFileSync(join(cli.folder, path));
    expect(read('got/deep/deep/a b.txt').toString()).toBe('text');
    expect(read('got/deep/deep/sub/weights.bin').equals(Buffer.alloc(9_000_000, 7))).toBe(true);
    expect((await cli.run(got)).code).toBe(0);
  });

  test('gets the newest version, or that of a label, into the current folder', async () => {
    expect(await cli.json(['model', 'download', '-n', 'deep', '-l', 'latest'])).toHaveLength(1);
    expect(readFileSync(join(cli.folder, 'deep/weights.txt'), 'utf8')).toBe('1');
    expect((await cli.run(['model', 'download', '-n', 'deep', '-v', '9', '-p', 'got'])).code).toBe(3);
    cli.file('deep/weights.txt', 'mine');
    expect((await cli.run(['model', 'download', '-n', 'deep'])).stderr).toContain('weights.txt.~1~');
    expect(readFileSync(join(cli.folder, 'deep/weights.txt'), 'utf8')).toBe('1');
    expect(readFileSync(join(cli.folder, 'deep/weights.txt.~1~'), 'utf8')).toBe('mine');
  });
});
