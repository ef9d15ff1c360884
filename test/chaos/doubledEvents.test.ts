import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import type { Services } from '../../functions/services';
import type { Batching } from '../../shared/triggers/trigger';
import { restBodies } from '../../shared/schemas/restBodies';
import { azuriteAccount, azuriteKey, startAzurite, type Azurite } from '../support/azurite';
import { ScheduledWorkspace } from '../support/scheduledWorkspace';
import { WatchedFolder } from '../support/watchedFolder';
import { echoScript, Workspace } from '../support/workspace';
import { freshSeed, Random } from './seeds';

/** The event of a blob that was written. */
interface BlobEvent {
  readonly url: string;
  readonly etag: string;
  readonly at: Date;
}

describe('two processes of the app over one storage account', () => {
  let azurite: Azurite;
  let container: ContainerClient;
  let one: Workspace;
  let other: Workspace;
  let watched: WatchedFolder;

  beforeAll(async () => {
    azurite = await startAzurite();
    container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(
      'landing',
    );
    await container.create();
    const settings = { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: azurite.connectionString };
    one = await Workspace.open(settings);
    other = await Workspace.reopen(one.folder, settings);
    const properties = {
      datastoreType: 'AzureBlob',
      accountName: azuriteAccount,
      containerName: 'landing',
      endpoint: azurite.blobUrl,
      credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
    };
    const { datastores } = one.services.registry;
    await datastores.register('landing', restBodies.datastore({ properties }));
    await one.endpoint('invoices', echoScript);
    watched = new WatchedFolder(one, 'landing');
  });

  afterAll(async () => {
    await other.services.stores.close();
    await one.close();
    await azurite.stop();
  });

  const both = (): readonly Services[] => [one.services, other.services];

  async function land(name: string, text: string): Promise<BlobEvent> {
    const blob = container.getBlockBlobClient(name);
    const { etag = '' } = await blob.upload(text, text.length);
    return { url: blob.url, etag: etag.replaceAll('"', ''), at: new Date() };
  }

  /** Delivers each event three times, to any of the processes and in any order, while both make the jobs. */
  async function deliver(events: readonly BlobEvent[], random: Random): Promise<void> {
    const deliveries = [...events, ...events, ...events]
      .map((event) => ({ event, at: random.next(), to: random.pick([one, other]).services }))
      .sort((a, b) => a.at - b.at);
    await Promise.all([
      ...deliveries.map(({ event, to }) => to.arrivals.note(event)),
      ...both().map((services) => watched.advance(services)),
    ]);
    await Promise.all(both().map((services) => watched.advance(services)));
  }

  const random = new Random(freshSeed());

  test('start one job for each version of a blob, with every event delivered to both at once, and late ones', async () => {
    const each: Batching = { type: 'each' };
    await watched.trigger('each-blob', 'invoices', { watch: { path: 'each' }, batching: each });
    const names = Array.from({ length: 6 }, (_, i) => `each/f${i}.csv`);
    const events = await Promise.all(names.map((name) => land(name, 'first')));
    await deliver(events, random);
    const again = await Promise.all(names.slice(0, 2).map((name) => land(name, 'second')));
    // Events of the versions before come once more, after those have been replaced.
    await deliver([...again, ...events], random);
    const jobs = await watched.jobsOf('each-blob');
    expect(jobs.map(({ spec }) => spec.inputUri.split('/').at(-1))).toEqual([
      'f0.csv',
      'f0.csv',
      'f1.csv',
      'f1.csv',
      'f2.csv',
      'f3.csv',
      'f4.csv',
      'f5.csv',
    ]);
    expect(new Set(jobs.map(({ spec }) => spec.startedBy?.id)).size).toBe(8);
    expect([...new Set(watched.orchestrations.started)].sort()).toEqual(
      jobs.map(({ spec }) => `job-${spec.key}`).sort(),
    );
    expect(watched.reports).toEqual([]);
  });

  test('put each version of a blob into one window', async () => {
    const batching: Batching = { type: 'window', seconds: 3600, files: 4 };
    await watched.trigger('window-blob', 'invoices', { watch: { path: 'window' }, batching });
    const names = Array.from({ length: 8 }, (_, i) => `window/f${i}.csv`);
    const events = await Promise.all(names.map((name) => land(name, 'a')));
    await deliver(events, random);
    await deliver(events, random);
    expect((await watched.filesOf('window-blob')).sort()).toEqual(names.map((name) => `${name}: job`));
    expect((await watched.jobsOf('window-blob')).map(({ spec }) => spec.startedBy?.id).sort()).toEqual([
      'window 1',
      'window 2',
    ]);
    expect(watched.reports).toEqual([]);
  });

  test('start one job for each time that a schedule is due, when both look at once', async () => {
    const processes = [one, other].map((workspace) => new ScheduledWorkspace(workspace, 'invoices'));
    await processes[0]?.put('minutes');
    for (const time of ['2027-01-31T00:01:01Z', '2027-01-31T00:02:01Z', '2027-01-31T00:03:01Z'])
      await Promise.all([...processes, ...processes].map((each) => each.at(time)));
    expect(await processes[0]?.dueTimesOf('minutes')).toEqual([
      '2027-01-31T00:01:00.000Z',
      '2027-01-31T00:02:00.000Z',
      '2027-01-31T00:03:00.000Z',
    ]);
    expect(processes.flatMap(({ reports }) => reports)).toEqual([]);
  });
});
