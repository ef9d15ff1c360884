import { readdirSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';
import { namesIn, textOf } from '../blobs/contents';
import { patience } from '../openedStores';
import { scratchPath } from '../scratchFolder';
import { runProcess } from './childProcess';

jest.setTimeout(patience);

/** What a deed may leave behind: everything as it was, or everything done. */
interface Deed {
  readonly name: string;
  prepare?(stores: Stores, folder: string): Promise<void>;
  look(stores: Stores, folder: string): Promise<unknown>;
  readonly before: unknown;
  readonly after: unknown;
  again?(stores: Stores, folder: string): Promise<unknown>;
}

const large = 'x'.repeat(100_000);

const deeds: readonly Deed[] = [
  {
    name: 'write',
    look: ({ blobs }) => lookAt(blobs, 'new/blob'),
    before: undefined,
    after: ['new content', { n: 'new' }],
    again: ({ blobs }) => blobs.write('new/blob', 'x'),
  },
  {
    name: 'overwrite',
    prepare: async ({ blobs }) => {
      await blobs.write('old/blob', 'old content', { metadata: { n: 'old' } });
    },
    look: ({ blobs }) => lookAt(blobs, 'old/blob'),
    before: ['old content', { n: 'old' }],
    after: ['new content', { n: 'new' }],
  },
  {
    name: 'stage',
    prepare: async ({ blobs }, folder) => {
      await blobs.write('old/blob', 'old content', { metadata: { n: 'old' } });
      await writeFile(join(folder, 'staged'), 'staged content');
    },
    look: ({ blobs }) => lookAt(blobs, 'old/blob'),
    before: ['old content', { n: 'old' }],
    after: ['staged content', {}],
  },
  {
    name: 'commit',
    prepare: async ({ blobs }, folder) => {
      await mkdir(join(folder, 'output'));
      for (const [name, content] of [
        ['one', 'one\n'],
        ['two', 'two\n'],
        ['large', large],
      ] as const) {
        await blobs.write(name, content);
      }
    },
    look: (stores, folder) => lookAt(stores.localFolder(join(folder, 'output')), 'deep/predictions.csv'),
    before: undefined,
    after: [`one\ntwo\n${large}`, { n: 'new' }],
    again: async (stores, folder) => {
      const { blobs } = stores;
      const parts = [{ store: blobs, name: 'one', size: 4 }];
      await stores.localFolder(join(folder, 'output')).commit('deep/other.csv', parts, { n: 'again' });
    },
  },
  {
    name: 'rows',
    prepare: async ({ tables }) => {
      await tables.commit('p', [{ kind: 'insert', row: 'a', value: { n: 'old' } }]);
    },
    look: async ({ tables }) => [(await tables.get('p', 'a'))?.value, (await tables.get('p', 'b'))?.value],
    before: [{ n: 'old' }, undefined],
    after: [{ n: 'new' }, { n: 'new' }],
  },
];

describe('a process that is killed at any step', () => {
  test.each(deeds)('of a $name leaves it done or not begun', async (deed) => {
    for (let dieAt = 1; ; dieAt += 1) {
      const folder = scratchPath();
      const living = await openStores({ kind: 'local', folder });
      await deed.prepare?.(living, folder);

      const ended = await runProcess('dyingProcess.ts', folder, deed.name, String(dieAt));
      expect(ended.errors).toBe('');

      const reopened = await openStores({ kind: 'local', folder });
      const found = await deed.look(reopened, folder);
      const isDone = ended.output === 'done';
      expect([deed.before, deed.after]).toContainEqual(found);
      if (isDone) expect(found).toEqual(deed.after);

      await deed.again?.(reopened, folder);
      expect(draftsIn(folder)).toEqual([]);
      expect(await readdir(join(folder, 'drafts'))).toHaveLength(2);
      await reopened.close();
      await living.close();
      if (isDone) {
        expect(dieAt).toBeGreaterThan(3);
        return;
      }
      expect(ended.signal).toBe('SIGKILL');
    }
  });

  test('leaves no draft behind the next commit of a process that lives on', async () => {
    const folder = scratchPath();
    const living = await openStores({ kind: 'local', folder });
    await deeds[3]?.prepare?.(living, folder);
    for (let dieAt = 1; draftsIn(folder).length === 0; dieAt += 1) {
      const ended = await runProcess('dyingProcess.ts', folder, 'commit', String(dieAt));
      expect(ended.signal).toBe('SIGKILL');
    }
    const output = living.localFolder(join(folder, 'output'));
    expect(await namesIn(output)).toEqual([]);
    await output.commit('deep/predictions.csv', [{ store: living.blobs, name: 'one', size: 4 }], { n: '1' });
    expect(draftsIn(folder)).toEqual([]);
    expect(await textOf(output, 'deep/predictions.csv')).toBe('one\n');
    await living.close();
  });
});

async function lookAt(store: Stores['blobs'], name: string): Promise<unknown> {
  const found = await store.stat(name);
  return found === undefined ? undefined : [await textOf(store, name), found.metadata];
}

function draftsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.includes('.batchpoint-draft-'));
}
