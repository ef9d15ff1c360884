import { setImmediate } from 'node:timers/promises';
import {
  BlobSASPermissions,
  ContainerSASPermissions,
  BlobServiceClient,
  type ContainerClient,
} from '@azure/storage-blob';
import type { Job } from '../../../shared/jobs/jobStore';
import { startAzurite, type Azurite } from '../../support/azurite';
import { useWorkspace } from '../../support/useWorkspace';

const tellsFiles = `
import os
def run(mini_batch):
    return [os.sep.join(path.split(os.sep)[-2:]) + ' ' + open(path).read().replace('\\n', '|') for path in mini_batch]
`;

const hour = 3_600_000;
const names = ['data/a b.csv', 'data/sub/c&d.csv', 'data/sub/é.csv', 'elsewhere/x.csv'];

describe('blobs of a storage account behind a URL', () => {
  const workspace = useWorkspace();
  let azurite: Azurite;
  let secret: ContainerClient;
  let open: ContainerClient;

  beforeAll(async () => {
    await workspace().endpoint('signed', tellsFiles, { miniBatchSize: 2 });
    azurite = await startAzurite();
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
    secret = service.getContainerClient('secret');
    open = service.getContainerClient('open');
    await secret.create();
    await open.create({ access: 'container' });
    for (const container of [secret, open])
      for (const name of names) {
        const text = `n\n${name}\n2\n3\n`;
        await container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
      }
  });

  afterAll(() => azurite.stop());

  /** The URL of a place in a container, with the query of another URL. */
  const at = (container: ContainerClient, path: string, signed = container.url): string =>
    `${container.url}/${path}${new URL(signed).search}`;

  const signedContainer = (permissions: string, expires: number): Promise<string> =>
    secret.generateSasUrl({
      permissions: ContainerSASPermissions.parse(permissions),
      startsOn: new Date(Date.now() - 2 * hour),
      expiresOn: new Date(Date.now() + expires),
    });

  const signedBlob = (name: string, expires: number): Promise<string> =>
    secret.getBlockBlobClient(name).generateSasUrl({
      permissions: BlobSASPermissions.parse('r'),
      startsOn: new Date(Date.now() - 2 * hour),
      expiresOn: new Date(Date.now() + expires),
    });

  const invoke = (path: string, properties: object = {}): Promise<Job> =>
    workspace().invoke('signed', '/', { dataset: { dataInputType: 'DataUrl', path }, ...properties });

  async function rows(path: string, properties: object = {}): Promise<string[]> {
    const job = await workspace().run(await invoke(path, properties));
    expect(job.run.error).toBeUndefined();
    expect(JSON.stringify(job.run)).not.toContain('sig=');
    expect(job.spec.inputUri).not.toContain('sig=');
    return (await workspace().predictions(job)).trim().split('\n');
  }

  const below = [
    'input/a b.csv n|data/a b.csv|2|3|',
    'sub/c&d.csv n|data/sub/c&d.csv|2|3|',
    'sub/é.csv n|data/sub/é.csv|2|3|',
  ];

  test('are read where the container is public, a folder of it or one blob', async () => {
    expect(await rows(at(open, 'data'))).toEqual(below);
    expect(await rows(at(open, 'data/sub/%C3%A9.csv'))).toEqual(['input/é.csv n|data/sub/é.csv|2|3|']);
  });

  test('are read by the signature of their container, which may list, whole or below a folder', async () => {
    const signed = await signedContainer('rl', hour);
    expect(await rows(at(secret, 'data/', signed))).toEqual(below);
    expect(await rows(signed)).toHaveLength(4);
  });

  test('are read by the signature of one blob', async () => {
    expect(await rows(await signedBlob('data/a b.csv', hour))).toEqual(['input/a b.csv n|data/a b.csv|2|3|']);
  });

  test('are split by rows and packed by bytes with a signature too', async () => {
    const signed = await signedContainer('rl', hour);
    const byRows = await rows(at(secret, 'data/sub', signed), { miniBatch: { by: 'rows', size: 2 } });
    expect(byRows).toEqual([
      expect.stringMatching(/^\d+\/c&d\.csv n\|data\/sub\/c&d\.csv\|2\|$/),
      expect.stringMatching(/^\d+\/c&d\.csv n\|3\|$/),
      expect.stringMatching(/^\d+\/é\.csv n\|data\/sub\/é\.csv\|2\|$/),
      expect.stringMatching(/^\d+\/é\.csv n\|3\|$/),
    ]);
    const job = await invoke(at(secret, 'data', signed), { miniBatch: { by: 'bytes', size: 45 } });
    await workspace().activities.plan(job.spec.key);
    expect((await workspace().services.jobs.get(job.spec.name)).run.plan).toMatchObject({
      files: 3,
      miniBatches: 2,
    });
  });

  test('are refused with the time at which their signature expired', async () => {
    for (const url of [
      at(secret, 'data', await signedContainer('rl', -hour)),
      await signedBlob('data/a b.csv', -hour),
    ]) {
      const refused = invoke(url);
      await expect(refused).rejects.toMatchObject({ code: 'InputUnreadable' });
      await expect(refused).rejects.toThrow(
        /the answer was 403, as its signature expired at \d{4}-\d\d-\d\dT/,
      );
      await expect(refused).rejects.not.toThrow(/sig=/);
    }
  });

  test('fail one by one, with that time, where their signature expires while they are scored', async () => {
    const signed = await signedContainer('rl', 3_000);
    const job = await invoke(at(secret, 'data', signed));
    await workspace().activities.plan(job.spec.key);
    while ((await fetch(at(secret, 'data/a%20b.csv', signed))).status !== 403) await setImmediate();
    const { run } = await workspace().run(job);
    expect(run).toMatchObject({
      state: 'Failed',
      error: { code: 'NoSucceededItem' },
      progress: { failedFiles: 3 },
    });
    expect(run.failures[0]).toMatchObject({ code: 'InputFetchFailed', files: ['a b.csv'] });
    expect(run.failures[0]?.message).toMatch(/the answer was 403, as its signature expired at/);
    expect(JSON.stringify(run)).not.toContain('sig=');
  });

  test('are no folder where the signature may not list', async () => {
    const refused = invoke(at(secret, 'data', await signedContainer('r', hour)));
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/^Input(?:NotFound|Unreadable)$/) as string,
    });
  });
});
