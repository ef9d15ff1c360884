import { randomUUID } from 'node:crypto';
import { jobKey } from '../../shared/jobs/jobKeys';
import type { JobRun } from '../../shared/jobs/jobRun';
import type { JobSpec } from '../../shared/jobs/jobSpec';
import { JobStore, type Job } from '../../shared/jobs/jobStore';
import { Deliveries } from '../../shared/notifications/deliveries';
import type { Notification } from '../../shared/notifications/notification';
import { Outbox } from '../../shared/notifications/outbox';
import type { PostRules } from '../../shared/notifications/post';
import { notificationsShown } from '../../shared/notifications/shownNotifications';
import { MemoryTableStore } from '../simulation/stores/memoryTableStore';

/** A secret by which webhooks are signed. */
export const webhookSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** Jobs in memory that have ended, and what is told of them, by a clock that stands still unless it is moved. */
export class EndedJobs {
  private time = Date.parse('2026-11-26T12:00:00.000Z');
  readonly tables = new MemoryTableStore();
  readonly now = (): Date => new Date(this.time);
  readonly jobs = new JobStore(this.tables, this.now);
  readonly outbox = new Outbox({ tables: this.tables, jobs: this.jobs, now: this.now });
  readonly deliveries: Deliveries;
  readonly reported: unknown[] = [];

  constructor(private readonly rules: Partial<PostRules> = {}) {
    this.deliveries = this.process();
  }

  /** What delivers in one process of several. */
  process(): Deliveries {
    return new Deliveries({
      outbox: this.outbox,
      rules: { allowLoopback: true, milliseconds: 10_000, ...this.rules },
      token: () => Promise.resolve('a-token'),
      now: this.now,
      newId: randomUUID,
      random: () => 0.5,
    });
  }

  /** Moves the clock by so many seconds. */
  pass(seconds: number): void {
    this.time += seconds * 1000;
  }

  /** Makes a job that has ended. */
  async end(
    name: string,
    notifications: readonly Notification[],
    run: Partial<JobRun> = {},
    spec: Partial<JobSpec> = {},
  ): Promise<Job> {
    const made: JobSpec = {
      name,
      key: jobKey(name),
      createdAt: this.now().toISOString(),
      attempt: randomUUID(),
      caller: 'ann',
      tags: {},
      properties: {},
      endpoint: 'hearts',
      deployment: 'main',
      model: { name: 'm', version: '1' },
      compute: 'cpu',
      maxInstances: 1,
      input: { kind: 'local', type: 'folder', path: '/in' },
      inputUri: 'file:///in',
      output: { kind: 'local', folder: '/out', fileName: 'predictions.csv' },
      settings: {
        miniBatchSize: 1,
        errorThreshold: -1,
        loggingLevel: 'Info',
        maxConcurrencyPerInstance: 1,
        outputAction: 'AppendRow',
        outputFileName: 'predictions.csv',
        instanceCount: 1,
        maxTries: 1,
        timeoutSeconds: 30,
        environmentVariables: {},
      },
      warnings: [],
      ...notificationsShown(notifications),
      ...spec,
    };
    await this.jobs.create(made, notifications);
    const times = { created: made.createdAt, ended: this.now().toISOString() };
    const ended = await this.jobs.change(made.key, (before) => ({
      ...before,
      state: 'Completed',
      times,
      ...run,
    }));
    return { spec: made, run: ended };
  }

  /** Delivers what is due, by one process, until all of it has an answer. */
  async deliver(deliveries = this.deliveries): Promise<void> {
    await deliveries.deliverDue(60_000, (error) => this.reported.push(error));
  }

  /** What is due now. */
  async due(): Promise<string[]> {
    const found: string[] = [];
    for await (const { id } of this.outbox.due()) found.push(id);
    return found;
  }
}
