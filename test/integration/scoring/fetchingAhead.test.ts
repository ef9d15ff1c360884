import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InputSource } from '../../../shared/inputs/inputSource';
import type { JobScoring } from '../../../shared/scoring/jobScoring';
import { FileChanges } from '../../../shared/scoring/fileChanges';
import { MiniBatchFeed, type FeedFolders } from '../../../shared/scoring/miniBatchFeed';
import { FileServer } from '../../support/fileServer';
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

  test('goes on while a mini-batch is scored: the next file is asked for before that one has its result', async () => {
    const server = await FileServer.start();
    try {
      const gate = join(workspace().folder, 'asked');
      const files = Array.from({ length: 64 }, (_, i) => String(i).padStart(2, '0'));
      for (const file of files) server.put(`slow/${file}.txt`, file);
      server.intercept((request) => {
        if (request.url?.endsWith('/05.txt') === true) writeFileSync(gate, '');
        return false;
      });
      // The first claim is one mini-batch, the second one sixteen: the gate is within that.
      await workspace().endpoint('gated', gatedAtFour, {
        environmentVariables: { GATE: gate },
        retrySettings: { maxRetries: 1, timeout: 'PT30S' },
        resources: { instanceCount: 1 },
      });
      const path = `${server.url}/account/container/slow`;
      const job = await workspace().invoke('gated', '/', { dataset: { dataInputType: 'DataUrl', path } });
      expect(await workspace().predictions(await workspace().run(job))).toBe(
        files.map((file) => `${file}\n`).join(''),
      );
    } finally {
      await server.stop();
    }
  });
});

/** Scores the file `04` once the gate is there, and would wait for ever where nobody opened it. */
const gatedAtFour = `
import os, time
def run(mini_batch):
    text = open(mini_batch[0]).read()
    while text == '04' and not os.path.exists(os.environ['GATE']):
        time.sleep(0.01)
    return [text]
`;
