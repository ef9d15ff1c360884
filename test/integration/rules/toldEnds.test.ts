import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  QueueClient,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import { instanceId } from '../../../shared/jobs/jobKeys';
import type { Orchestrations } from '../../../shared/jobs/recoverJobs';
import type { Job } from '../../../shared/jobs/jobStore';
import type { Notification } from '../../../shared/notifications/notification';
import { azuriteAccount, azuriteKey } from '../../support/azurite';
import { webhookSecret as secret } from '../../support/endedJobs';
import { nodeEcho } from '../../support/nodeScript';
import { Receiver } from '../../support/receiver';
import { ScheduledWorkspace } from '../../support/scheduledWorkspace';
import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useAzureWorkspace } from '../../support/useAzureWorkspace';
import { useWorkspace } from '../../support/useWorkspace';

const onDisk = useWorkspace();
const { workspace: inAzure, azurite } = useAzureWorkspace();

let receiver: Receiver;
beforeEach(async () => (receiver = await Receiver.start()));
afterEach(() => receiver.stop());

describe.each([
  ['on disk', onDisk],
  ['in Azure', inAzure],
] as const)('the end of a job %s', (_where, workspace) => {
  beforeAll(() => workspace().endpoint('told', nodeEcho, {}, 'score.mjs'));

  /** A job that was canceled, of which the end is still to be written. */
  const canceled = async (notifications: readonly object[]): Promise<Job> => {
    const job = await workspace().invoke('told', workspace().inputs(1), { notifications });
    await workspace().services.jobs.cancel(job.spec.name, 'tester');
    return job;
  };
  const webhook = (): object => ({ notificationType: 'Webhook', url: receiver.url, secret });

  test('is told by whoever looks after jobs, where the host was killed before it told it', async () => {
    const job = await canceled([webhook()]);
    const killed = new Error('killed');
    const ended = (): Promise<void> => Promise.reject(killed);
    await expect(workspace().activities.finish(job.spec.key, { ended })).rejects.toBe(killed);
    expect((await workspace().services.jobs.get(job.spec.name)).run.state).toBe('Canceled');
    expect(receiver.told).toEqual([]);
    const orchestrations: Orchestrations = {
      start: () => Promise.resolve(),
      state: (instance) => Promise.resolve(instance === instanceId(job.spec.key) ? 'over' : 'running'),
    };
    await workspace().recover(orchestrations);
    await receiver.toldOf(1);
    expect(await workspace().services.index.isActive(job.spec.key)).toBe(false);
    await workspace().recover(orchestrations);
    await workspace().services.deliveries.deliverDue(1_000, fail);
    expect(receiver.told).toHaveLength(1);
  });

  test('is told once, however often it is written, also at once', async () => {
    const job = await canceled([webhook()]);
    const { finish } = workspace().activities;
    await Promise.all([finish(job.spec.key), finish(job.spec.key)]);
    await finish(job.spec.key);
    await receiver.toldOf(1);
    await workspace().services.deliveries.deliverDue(1_000, fail);
    expect(receiver.told).toHaveLength(1);
    const { found } = await workspace().services.outbox.page({ job: job.spec.name, mayShow: () => true }, 9);
    expect(found.map(({ status }) => status)).toEqual(['Delivered']);
  });

  test('is not told with a secret in any record but that of its own', async () => {
    const job = await canceled([webhook()]);
    await workspace().activities.finish(job.spec.key);
    await receiver.toldOf(1);
    const { outbox, jobs } = workspace().services;
    const { found } = await outbox.page({ job: job.spec.name, mayShow: () => true }, 9);
    const records = JSON.stringify([found, await jobs.get(job.spec.name)]);
    expect(found).toHaveLength(1);
    expect(records).not.toContain(secret.slice('whsec_'.length));
    expect(await jobs.notifications(job.spec.key)).toMatchObject([{ secret }]);
  });
});

/** What was told of the one job that there is, once it was canceled. */
async function toldOfCanceled([job]: readonly Job[]): Promise<unknown> {
  if (job === undefined) throw new Error('There is no job.');
  await onDisk().services.jobs.cancel(job.spec.name, 'tester');
  await onDisk().activities.finish(job.spec.key);
  await receiver.toldOf(1);
  return JSON.parse(receiver.told[0]?.body ?? '');
}

describe('the end of a job is told to those', () => {
  const folder = useWatchedFolder(onDisk);
  const ofWhatStarts = (): Notification[] => [{ type: 'webhook', url: receiver.url, secret }];

  test('of the schedule that has started it', async () => {
    const schedules = new ScheduledWorkspace(onDisk(), 'told');
    await schedules.put('nightly', { notifications: ofWhatStarts() });
    await schedules.at('2027-01-31T00:01:00Z');
    expect(await toldOfCanceled(await schedules.jobsOf('nightly'))).toMatchObject({
      type: 'batchpoint.job.canceled',
      data: { caller: { type: 'schedule', name: 'nightly', id: '2027-01-31T00:01:00.000Z' } },
    });
  });

  test('of the trigger that has started it', async () => {
    await folder().trigger('landing', 'told', { notifications: ofWhatStarts() });
    await folder().land('a.csv', 'a');
    await folder().advance();
    expect(await toldOfCanceled(await folder().jobsOf('landing'))).toMatchObject({
      type: 'batchpoint.job.canceled',
      data: { caller: { type: 'trigger', name: 'landing', id: expect.stringContaining('a.csv@') } },
    });
  });
});

test('a storage queue gets a message in base64, as functions expect it, and of a bounded size', async () => {
  const credential = new StorageSharedKeyCredential(azuriteAccount, azuriteKey);
  const queue = new QueueClient(`${azurite().queueUrl}/jobs`, credential);
  await queue.create();
  const sas = generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 3_600_000),
      permissions: AccountSASPermissions.parse('a'),
      resourceTypes: AccountSASResourceTypes.parse('o').toString(),
      services: AccountSASServices.parse('q').toString(),
    },
    credential,
  ).toString();
  const job = await onDisk().invoke('told', onDisk().inputs(1), {
    notifications: [{ notificationType: 'StorageQueue', queue: `${azurite().queueUrl}/jobs`, sas }],
  });
  await onDisk().run(job);
  await onDisk().services.deliveries.deliverDue(10_000, fail);
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 9 });
  const [message, ...others] = receivedMessageItems;
  expect(others).toEqual([]);
  const text = message?.messageText ?? '';
  expect(text.length).toBeLessThan(64 * 1024);
  const { found } = await onDisk().services.outbox.page({ job: job.spec.name, mayShow: () => true }, 9);
  expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual({
    id: found[0]?.id,
    ...found[0]?.message,
  });
  expect(found[0]?.message.data).toMatchObject({ status: 'Completed', counts: { rows: 1, files: 1 } });
});

/** Nothing may go wrong here. */
function fail(error: unknown): void {
  throw error;
}
