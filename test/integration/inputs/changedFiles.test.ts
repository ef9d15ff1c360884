import { chmodSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import type { Job } from '../../../shared/jobs/jobStore';
import { warningsOfJob } from '../../../shared/jobs/jobWarnings';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { restBodies } from '../../../shared/schemas/restBodies';
import { azuriteAccount, azuriteKey, startAzurite } from '../../support/azurite';
import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** A script that writes to the second file of each mini-batch after it has read it. */
const writesScript = `
def run(mini_batch):
    rows = [open(path).read() for path in mini_batch]
    with open(mini_batch[1], 'a') as file:
        file.write(' and more')
    return rows
`;

const list = 'logs/changed_files.csv';

describe('an input that changes after it was listed', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('changes', echoScript, { miniBatchSize: 2 });
    await workspace().endpoint('writes', writesScript, { miniBatchSize: 3 });
  });

  async function planned(input: string, properties: object = {}): Promise<Job> {
    const job = await workspace().invoke('changes', input, properties);
    await workspace().activities.plan(job.spec.key);
    return job;
  }

  /** Does something to a file until its time says that it was after the listing: clocks of files have coarse steps. */
  async function later({ spec }: Job, path: string, change: () => void): Promise<void> {
    const head = await readManifestHead(workspace().services.stores.blobs, spec.key);
    const listed = Date.parse(head?.listed ?? '');
    do change();
    while (statSync(path).ctimeMs <= listed);
  }

  const linesOf = async (job: Job): Promise<string[]> =>
    (await workspace().file(job, list)).trimEnd().split('\n');

  test('is scored as it is then, counted, and said: in the summary, as a warning, and all of it in a list', async () => {
    const folder = workspace().inputs(6);
    const path = join(folder, 'f000001.txt');
    const job = await planned(folder);
    await later(job, path, () => writeFileSync(path, 'other'));
    const ended = await workspace().run(job);
    expect(ended.run.state).toBe('Completed');
    expect(await workspace().predictions(ended)).toBe('0\nother\n2\n3\n4\n5\n');
    expect(ended.run.progress.changedFiles).toBe(1);
    expect(warningsOfJob(ended)).toEqual([
      `1 file changed after the input was listed, and was scored as it was then: f000001.txt. ${list} lists all.`,
    ]);
    expect(await linesOf(ended)).toEqual([
      'file,mini_batch,changed,version',
      expect.stringMatching(/^f000001\.txt,0,before it was scored,5 bytes of 20\d\d-/) as string,
    ]);
    const overview = await workspace().file(ended, 'logs/job_progress_overview.txt');
    expect(overview).toMatch(/^Changed files +1, scored as they were then$/m);
    expect(overview).toMatch(/^Warning: 1 file changed/m);
  });

  test('is told although its new file has an old time, as a copy that keeps times has', async () => {
    const folder = workspace().inputs(2);
    const [path, other] = [join(folder, 'f000001.txt'), join(folder, '..', 'other')];
    const job = await planned(folder);
    await later(job, path, () => {
      writeFileSync(other, 'x');
      utimesSync(other, 1, 1);
      renameSync(other, path);
    });
    const ended = await workspace().run(job);
    expect(await linesOf(ended)).toContain(
      'f000001.txt,0,before it was scored,1 bytes of 1970-01-01T00:00:01.000Z',
    );
  });

  test('is not said to have changed where nothing was written, and no list is there', async () => {
    const folder = workspace().inputs(4);
    const ended = await workspace().run(await planned(folder));
    for (let i = 0; i < 4; i++) readFileSync(join(folder, `f00000${i}.txt`));
    expect(ended.run.progress).not.toHaveProperty('changedFiles');
    expect(warningsOfJob(ended)).toEqual([]);
    await expect(workspace().file(ended, list)).rejects.toMatchObject({ code: 'JobFileMissing' });
  });

  test('is not said to have changed where its time is still to come, as the clock was set back', async () => {
    const folder = workspace().inputs(2);
    const job = await workspace().invoke('changes', folder);
    const { services } = workspace();
    const now = services.now;
    Object.assign(services, { now: () => new Date(now().getTime() - 3_600_000) });
    try {
      expect((await workspace().run(job)).run.progress).not.toHaveProperty('changedFiles');
    } finally {
      Object.assign(services, { now });
    }
  });

  test('while run() reads it is told apart: what was read may be of both', async () => {
    const folder = workspace().inputs(9);
    const job = await workspace().invoke('writes', folder);
    await workspace().activities.plan(job.spec.key);
    const first = join(folder, 'f000001.txt');
    await later(job, first, () => chmodSync(first, 0o644));
    const ended = await workspace().run(job);
    expect(ended.run).toMatchObject({ state: 'Completed', progress: { changedFiles: 3, failedFiles: 0 } });
    expect((await linesOf(ended)).slice(1)).toEqual([
      expect.stringMatching(/^f000001\.txt,0,while it was scored,10 bytes of 20/) as string,
      expect.stringMatching(/^f000004\.txt,1,while it was scored,10 bytes of 20/) as string,
      expect.stringMatching(/^f000007\.txt,2,while it was scored,10 bytes of 20/) as string,
    ]);
  });

  test('behind a URL is told by its ETag, of a folder and of one file', async () => {
    const server = await FileServer.start();
    try {
      for (let i = 0; i < 3; i++) server.put(`set/${i}.txt`, String(i));
      const at = (path: string): object => ({
        dataset: { dataInputType: 'DataUrl', path: `${server.url}/account/container/${path}` },
      });
      const jobs = [await planned('/', at('set')), await planned('/', at('set/2.txt'))];
      server.put('set/2.txt', 'two');
      for (const job of jobs) {
        const ended = await workspace().run(job);
        expect(await workspace().predictions(ended)).toMatch(/two\n$/);
        expect((await linesOf(ended)).slice(1)).toEqual([
          expect.stringMatching(/^2\.txt,\d,before it was scored,"""[0-9a-f]{64}"""$/) as string,
        ]);
      }
    } finally {
      await server.stop();
    }
  });

  test('in a datastore is told by its ETag, and a job that resumes another goes by what that one listed', async () => {
    const azurite = await startAzurite();
    try {
      const client = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(
        'inputs',
      );
      await client.create();
      const put = (i: number, text: string): Promise<unknown> =>
        client.getBlockBlobClient(`set/${i}.txt`).upload(text, text.length);
      for (let i = 0; i < 4; i++) await put(i, String(i));
      const datastore = restBodies.datastore({
        properties: {
          datastoreType: 'AzureBlob',
          accountName: azuriteAccount,
          containerName: 'inputs',
          endpoint: azurite.blobUrl,
          credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
        },
      });
      await workspace().services.registry.datastores.register('changing', datastore);
      const path = 'azureml://datastores/changing/paths/set';
      const job = await planned('/', { dataset: { dataInputType: 'DataUrl', path } });
      await workspace().services.jobs.stop(job.spec.key, { cancelled: true, by: 'tester' });
      await workspace().run(job);
      await put(1, 'one');
      const ended = await workspace().run(await workspace().rerun(job, 'resume'));
      expect(await workspace().predictions(ended)).toBe('0\none\n2\n3\n');
      expect(ended.run.progress.changedFiles).toBe(1);
      expect((await linesOf(ended))[1]).toMatch(/^1\.txt,0,before it was scored,"""0x[0-9A-F]+"""$/);
    } finally {
      await azurite.stop();
    }
  });
});
