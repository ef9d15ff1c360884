import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useWorkspace } from '../../support/useWorkspace';

describe('the names of input files', () => {
  const workspace = useWorkspace();

  const tellsNames = `
import os
root = None
def run(mini_batch):
    return [repr(os.path.relpath(path, ${'ROOT'})) + ' ' + open(path).read() for path in mini_batch]
`;

  async function scored(name: string, folder: string): Promise<string[]> {
    await workspace().endpoint(name, tellsNames.replace('ROOT', JSON.stringify(folder)), {
      miniBatchSize: 2,
    });
    const job = await workspace().run(await workspace().invoke(name, folder));
    expect(job.run.error).toBeUndefined();
    return (await workspace().predictions(job)).trimEnd().split('\n');
  }

  test('may hold spaces, quotes, newlines, Unicode, and start with a dash', async () => {
    const names = [
      '-rf',
      ' lead',
      'a b',
      "it's",
      'line\nbreak',
      'quo"te',
      'tab\there',
      'ünïcödé',
      '日本',
      '😀',
    ];
    for (const name of names) workspace().write(`odd/${name}`, 'x');
    const rows = await scored('odd', join(workspace().folder, 'odd'));
    expect(rows).toEqual([
      "' lead' x",
      "'-rf' x",
      "'a b' x",
      `"it's" x`,
      "'line\\nbreak' x",
      `'quo"te' x`,
      "'tab\\there' x",
      "'ünïcödé' x",
      "'日本' x",
      "'😀' x",
    ]);
  });

  test('are in order by code point, whatever the order of the folder, sub-folders included', async () => {
    for (const name of ['b', 'a/z', 'a-1', 'A', 'a/b/c', '\uffee', '\u{1f600}', '10', '9']) {
      workspace().write(`order/${name}`, '');
    }
    const rows = await scored('order', join(workspace().folder, 'order'));
    const order = ['10', '9', 'A', 'a-1', 'a/b/c', 'a/z', 'b', '\uffee', '\u{1f600}'];
    expect(rows.map((row) => row.trimEnd())).toEqual(order.map((name) => `'${name}'`));
  });

  test('lead through symbolic links, and a loop of them ends', async () => {
    const folder = join(workspace().folder, 'linked');
    workspace().write('elsewhere/inside.txt', '1');
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(folder, 'sub', 'own.txt'), '2');
    symlinkSync(join(workspace().folder, 'elsewhere'), join(folder, 'link'));
    symlinkSync('..', join(folder, 'sub', 'up'));
    expect(await scored('linked', folder)).toEqual(["'link/inside.txt' 1", "'sub/own.txt' 2"]);
  });

  test.each([
    ['leads nowhere', 'nowhere', 'it is a link that leads nowhere'],
    ['leads back to itself', 'odd', 'it is a link that leads back to itself'],
  ])('with a link that %s fail in that one alone', async (what, target, reason) => {
    const folder = join(workspace().folder, what);
    mkdirSync(join(folder, 'sub'), { recursive: true });
    symlinkSync(target, join(folder, 'sub', 'odd'));
    writeFileSync(join(folder, 'sub', 'own.txt'), '2');
    await workspace().endpoint('odd-links', tellsNames.replace('ROOT', JSON.stringify(folder)), {
      miniBatchSize: 10,
    });
    const job = await workspace().run(await workspace().invoke('odd-links', folder));
    expect(await workspace().predictions(job)).toBe("'sub/own.txt' 2\n");
    expect(job.run.failures).toEqual([
      expect.objectContaining({ code: 'InputFetchFailed', files: ['sub/odd'], failed: 1 }),
    ]);
    expect(job.run.failures[0]?.message).toContain(`The file 'sub/odd' could not be fetched: ${reason}.`);
  });

  test('with a device among them are refused', async () => {
    const folder = join(workspace().folder, 'device');
    mkdirSync(join(folder, 'sub'), { recursive: true });
    symlinkSync('/dev/null', join(folder, 'sub', 'odd'));
    await workspace().endpoint('odd-devices', tellsNames);
    const refused = workspace().invoke('odd-devices', folder);
    await expect(refused).rejects.toMatchObject({ code: 'InputUnreadable' });
    await expect(refused).rejects.toThrow(
      `The input '${join(folder, 'sub', 'odd')}' cannot be read: it is neither a file nor a folder.`,
    );
  });

  test('that are not UTF-8 are an error that shows the name', async () => {
    const folder = join(workspace().folder, 'latin');
    mkdirSync(folder);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]), 'x');
    await workspace().endpoint('latin', tellsNames);
    await expect(workspace().invoke('latin', folder)).rejects.toMatchObject({ code: 'InputNameInvalid' });
  });

  test('of a single file is that of the file', async () => {
    const file = workspace().write('one/single file.txt', '5');
    await workspace().endpoint(
      'one',
      'import os\ndef run(mini_batch):\n    return [os.path.basename(mini_batch[0])]\n',
    );
    const job = await workspace().run(await workspace().invoke('one', file));
    expect(await workspace().predictions(job)).toBe('single file.txt\n');
  });
});
