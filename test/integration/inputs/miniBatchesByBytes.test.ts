import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job } from '../../../shared/jobs/jobStore';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { ManifestReader } from '../../../shared/planning/manifestReader';
import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';

const tellsMiniBatches = `
import os
def run(mini_batch):
    return [' '.join(os.path.basename(path) for path in mini_batch)] * len(mini_batch)
`;

describe('mini-batches by bytes', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('bytes', tellsMiniBatches, {
      miniBatchSize: 1,
      miniBatch: { by: 'bytes', size: 100 },
      resources: { instanceCount: 2 },
    });
  });

  /** Sizes by the last letter of a name: a has 10 bytes, j has 100, k has 110. */
  const files = ['d/a', 'd/i', 'd/b', 'e/k', 'e/e', 'e/j', 'f/a', 'f/b', 'f/g', 'f/a2', 'z'];
  const contentOf = (name: string): string => 'x'.repeat(name === 'z' ? 0 : (name.charCodeAt(2) - 96) * 10);

  async function miniBatches(job: Job): Promise<string[]> {
    const ended = await workspace().run(job);
    expect(ended.run.error).toBeUndefined();
    const rows = (await workspace().predictions(ended)).trim().split('\n');
    return rows.filter((row, i) => row !== rows[i - 1]);
  }

  const packed = ['a b', 'i', 'e', 'j', 'k', 'a a2 b', 'g z'];

  test('hold consecutive files of at most so many bytes, and larger files alone', async () => {
    for (const name of files) workspace().write(`sized/${name}`, contentOf(name));
    const job = await workspace().invoke('bytes', join(workspace().folder, 'sized'));
    expect(await miniBatches(job)).toEqual(packed);
  });

  test('are the same for a container that tells sizes in its list', async () => {
    const server = await FileServer.start();
    for (const name of files) server.put(`sized/${name}`, contentOf(name));
    try {
      const path = `${server.url}/account/container/sized`;
      const job = await workspace().invoke('bytes', '/', { dataset: { dataInputType: 'DataUrl', path } });
      expect(await miniBatches(job)).toEqual(packed);
    } finally {
      await server.stop();
    }
  });

  test('are the same for a datastore', async () => {
    const store = workspace().services.stores.container('workspaceblobstore');
    for (const name of files) await store.write(`sized/${name}`, contentOf(name));
    const job = await workspace().invoke('bytes', '/', {
      dataset: { dataInputType: 'DataUrl', path: 'azureml://datastores/workspaceblobstore/paths/sized' },
    });
    expect(await miniBatches(job)).toEqual(packed);
  });

  test('have a file of which the size cannot be told by itself', async () => {
    for (const name of ['a', 'c']) workspace().write(`unsized/${name}`, '1');
    symlinkSync('nowhere', join(workspace().folder, 'unsized', 'b'));
    const job = await workspace().invoke('bytes', join(workspace().folder, 'unsized'));
    await workspace().activities.plan(job.spec.key);
    const { blobs } = workspace().services.stores;
    const head = await readManifestHead(blobs, job.spec.key);
    expect(head).toMatchObject({ files: 3, miniBatches: 3 });
    if (head === undefined) return;
    const reader = new ManifestReader(blobs, job.spec.key, head);
    expect(await Promise.all([0, 1, 2].map((i) => reader.files(i)))).toEqual([['a'], ['b'], ['c']]);
    await expect(reader.files(3)).rejects.toMatchObject({ code: 'ClaimsNotTiled' });
  });

  test('hold 100 MiB where no size is given', async () => {
    const job = await workspace().invoke('bytes', join(workspace().folder, 'sized'), {
      miniBatch: { by: 'bytes' },
    });
    expect(await miniBatches(job)).toHaveLength(1);
  });

  test('of files take their size from mini_batch too', async () => {
    const input = pathToFileURL(join(workspace().folder, 'sized')).href;
    const job = await workspace().invoke('bytes', '/', {
      dataset: { dataInputType: 'DataUrl', path: input },
      miniBatch: { by: 'files', size: 6 },
    });
    expect(await miniBatches(job)).toEqual(['a b i e j k', 'a a2 b g z']);
  });
});
