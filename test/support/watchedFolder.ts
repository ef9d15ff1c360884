import { statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Services } from '../../functions/services';
import type { Stored } from '../../shared/registry/namedResources';
import type { Job } from '../../shared/jobs/jobStore';
import type { Orchestrations } from '../../shared/jobs/recoverJobs';
import { TriggerAdvance } from '../../shared/triggers/advanceTriggers';
import type { Trigger, WatchedFiles, WatchedOutputs } from '../../shared/triggers/trigger';
import { triggerFiles } from '../../shared/triggers/triggerFiles';
import type { TriggerStatus } from '../../shared/triggers/triggerStatus';
import type { Workspace } from './workspace';

/** Orchestrations that are noted and never run. */
export class NotedStarts implements Orchestrations {
  readonly started: string[] = [];

  start(instance: string): Promise<void> {
    this.started.push(instance);
    return Promise.resolve();
  }

  state(): Promise<'missing'> {
    return Promise.resolve('missing');
  }
}

/** An event as it comes: of when, for which version, to which host; where it is left out, as it is. */
export interface ToldEvent {
  readonly at?: Date;
  readonly etag?: string;
  readonly services?: Services;
}

/** What is otherwise of a trigger than of any. */
export type TriggerChanges = Partial<Omit<Trigger, 'watch'>> & {
  watch?: Partial<WatchedFiles> | WatchedOutputs;
};

/** A folder that is a datastore, into which files land of which the host is told. */
export class WatchedFolder {
  readonly folder: string;
  readonly orchestrations = new NotedStarts();
  /** What could not be done. */
  readonly reports: unknown[] = [];
  private passed = 0;

  constructor(
    private readonly workspace: Workspace,
    readonly datastore: string,
  ) {
    this.folder = join(workspace.folder, `watched-${datastore}`);
  }

  private get services(): Services {
    return this.workspace.services;
  }

  /** Makes the datastore. */
  async register(): Promise<this> {
    const place = { type: 'LocalFolder', folder: this.folder } as const;
    await this.services.registry.datastores.put(this.datastore, { tags: {}, place });
    return this;
  }

  /** Makes or replaces a trigger that watches the folder. */
  async trigger(name: string, endpoint: string, changes: TriggerChanges = {}): Promise<Stored<Trigger>> {
    await this.services.registry.triggers.put(name, this.described(endpoint, changes));
    return this.services.registry.triggers.get(name);
  }

  /** A trigger that watches the folder, as it lies in the registry. */
  described(endpoint: string, { watch, ...more }: TriggerChanges = {}): Trigger {
    const createdAt = new Date().toISOString();
    return {
      createdAt,
      tags: {},
      watch:
        watch?.type === 'outputs'
          ? watch
          : { type: 'files', datastore: this.datastore, path: '', settleSeconds: 0.25, ...watch },
      batching: { type: 'each' },
      endpoint,
      overrides: {},
      notifications: [],
      paused: false,
      switchedAt: createdAt,
      createdBy: 'tester',
      ...more,
    };
  }

  /** The time as those see it that make jobs: that of the machine, and what has been passed beyond it. */
  now(): Date {
    return new Date(Date.now() + this.passed);
  }

  /** Lets so many milliseconds pass for those that make jobs. */
  passTime(milliseconds: number): void {
    this.passed += milliseconds;
  }

  /** Changes a trigger, so that one that could make no jobs tries at once. */
  async changed(name: string, changes: Partial<Trigger> = {}): Promise<void> {
    const { value } = await this.services.registry.triggers.get(name);
    await this.services.registry.triggers.put(name, { ...value, ...changes });
  }

  /** Writes a file, without telling anybody. */
  write(path: string, content: string): string {
    return this.workspace.write(`watched-${this.datastore}/${path}`, content);
  }

  remove(path: string): void {
    unlinkSync(join(this.folder, path));
  }

  /** Writes a file, and tells of it. */
  async land(path: string, content: string): Promise<void> {
    this.write(path, content);
    await this.tell(path);
  }

  /** Notes a file as an event tells of it, and makes no job yet. */
  async tell(path: string, event: ToldEvent = {}): Promise<void> {
    const { at = this.changedAt(path), services = this.services, etag } = event;
    await services.arrivals.note({ url: this.urlOf(path), at, ...(etag === undefined ? {} : { etag }) });
  }

  /** The paths of the rows in the list of files, with what became of each. */
  async filesOf(trigger: string): Promise<string[]> {
    const { registry, stores } = this.services;
    const { files } = await triggerFiles(stores.tables, await registry.triggers.get(trigger), 10_000);
    return files.map(
      ({ name, job, reason }) => `${name}: ${job === undefined ? (reason?.code ?? 'waits') : 'job'}`,
    );
  }

  /** What is said of a trigger. */
  async statusOf(trigger: string): Promise<TriggerStatus> {
    return this.services.triggerStatus(await this.services.registry.triggers.get(trigger));
  }

  /** Makes the jobs that wait. */
  async advance(services = this.services): Promise<void> {
    const { orchestrations, reports } = this;
    const report = (_trigger: string, error: unknown): void => void reports.push(error);
    const advance = new TriggerAdvance({ ...services.triggering, now: () => this.now() });
    await advance.advanceAll({ orchestrations, milliseconds: 60_000, report });
  }

  /** The jobs that triggers of this name have started, in the order of their inputs. */
  async jobsOf(trigger: string): Promise<Job[]> {
    const { names } = await this.services.index.page({}, 10_000);
    const jobs = await this.services.jobs.findAll(names);
    return jobs
      .flatMap((job) => (job?.spec.startedBy?.name === trigger ? [job] : []))
      .sort((a, b) => (a.spec.inputUri < b.spec.inputUri ? -1 : 1));
  }

  /** The inputs of those jobs, as paths below the folder. */
  async inputsOf(trigger: string): Promise<string[]> {
    return (await this.jobsOf(trigger)).map(({ spec: { input } }) => ('path' in input ? input.path : ''));
  }

  urlOf(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  changedAt(path: string): Date {
    const { mtimeMs, ctimeMs } = statSync(join(this.folder, path));
    return new Date(Math.max(mtimeMs, ctimeMs));
  }
}
