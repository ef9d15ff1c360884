import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InputSource } from '../../../shared/inputs/inputSource';
import type { JobScoring } from '../../../shared/scoring/jobScoring';
import { FileChanges } from '../../../shared/scoring/fileChanges';
import { MiniBatchFeed, type FeedFolders } from '../../../shared/scoring/miniBatchFeed';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

const never = new AbortController().signal;
const unchanged = new FileChanges(undefined, () => new Date());

const foldersIn = (folder: string): FeedFolders => ({ input: folder, parts: join(folder, 'parts') });

describe('fetching ahead', () => {
  const workspace = useWorkspace();
  let scoring: JobScoring;

  beforeAll(async () => {
    await workspace().endpoint('ahead', echoScript);
    const { key } = (await workspace().invoke('ahead', workspace().inputs(6))).spec;
    await workspace().activities.plan(key);
    scoring = await workspace().services.scorings.get(key);
  });

  test('that fails is told to whoever asks for the mini-batch, and ends nothing where nobody does', async () => {
    const unheard: unknown[] = [];
    const listen = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', listen);
    try {
      const { manifest, source } = scoring;
      const failing = wrapped(manifest, {
        files: (index) => (index === 0 ? manifest.files(0) : Promise.reject(new Error('no such page'))),
      });
      const feed = new MiniBatchFeed(failing, source, foldersIn(workspace().folder), 6, never, unchanged);
      expect((await feed.get(0)).index).toBe(0);
      await new Promise(setImmediate);
      expect(unheard).toEqual([]);
      await expect(feed.get(2)).rejects.toThrow('no such page');
      await feed.close();
    } finally {
      process.off('unhandledRejection', listen);
    }
  });

  test('is at its end when it is closed: nothing is written any more', async () => {
    const folder = join(workspace().folder, 'fetched');
    const late: (() => void)[] = [];
    const source: InputSource = wrapped<InputSource>(scoring.source, {
      provide: async (path) => {
        if (!path.includes('0.txt')) await new Promise<void>((resolve) => late.push(resolve));
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), 'x');
        return { path: join(folder, path) };
      },
    });
    const feed = new MiniBatchFeed(scoring.manifest, source, foldersIn(folder), 6, never, unchanged);
    await feed.get(0);
    const closed = feed.close();
    for (const release of late) release();
    await closed;
    expect(late).toHaveLength(3);
    expect(
      ['f000001.txt', 'f000002.txt', 'f000003.txt'].every((name) => existsSync(join(folder, name))),
    ).toBe(true);
  });
});
