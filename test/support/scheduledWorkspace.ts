import type { Services } from '../../functions/services';
import { isEnded } from '../../shared/domain/jobState';
import { JobStore, type Job } from '../../shared/jobs/jobStore';
import type { Stored } from '../../shared/registry/namedResources';
import type { CronTimes, RecurrenceTimes, Schedule } from '../../shared/schedules/schedule';
import { ScheduleRuns, type RunContext } from '../../shared/schedules/scheduleRuns';
import { shownState, type ShownState } from '../../shared/schedules/scheduleState';
import { activeSinceOf, checkTimes } from '../../shared/schedules/checkTimes';
import { NotedStarts } from './watchedFolder';
import type { Workspace } from './workspace';

/** A schedule as a test gives it; what is left out starts a job of the endpoint every minute. */
export type GivenSchedule = Partial<Omit<Schedule, 'when'>> & {
  readonly when?: Partial<CronTimes> | RecurrenceTimes;
};

/** Schedules of a workspace under a clock that stands still until a test moves it. */
export class ScheduledWorkspace {
  readonly orchestrations = new NotedStarts();
  /** What could not be done. */
  readonly reports: unknown[] = [];
  /** What the clock shows, in ISO 8601. */
  time = '2027-01-31T00:00:00.000Z';
  private readonly input: string;

  constructor(
    private readonly workspace: Workspace,
    private readonly endpoint: string,
  ) {
    this.input = `file://${workspace.inputs(1)}`;
  }

  get services(): Services {
    return this.workspace.services;
  }

  private readonly now = (): Date => new Date(this.time);

  /** What runs the schedules on one of many hosts. */
  runs(changes: Partial<RunContext> = {}): ScheduleRuns {
    const { services } = this;
    const { localFiles, activitySeconds } = services.settings;
    const jobs = new JobStore(services.stores.tables, this.now);
    return new ScheduleRuns({
      ...services,
      jobs,
      localFiles,
      activitySeconds,
      now: this.now,
      states: services.scheduleStates,
      ...changes,
    });
  }

  /** Makes a schedule, or changes one, as a request does. */
  async put(name: string, { when, ...given }: GivenSchedule = {}): Promise<Stored<Schedule>> {
    const { schedules } = this.services.registry;
    const before = (await schedules.find(name))?.value;
    const times = { type: 'cron', expression: '* * * * *', timeZone: 'UTC', ...when } as
      CronTimes | RecurrenceTimes;
    const value = {
      createdAt: before?.createdAt ?? this.time,
      tags: {},
      properties: {},
      when: checkTimes(times, this.now(), before),
      endpoint: this.endpoint,
      input: { type: 'path', path: this.input, isFile: false } as const,
      overrides: {},
      notifications: [],
      misfire: 'once',
      misfireLimit: 10,
      concurrency: 'allow',
      jitterSeconds: 0,
      enabled: true,
      createdBy: 'tester',
      ...given,
    } as const;
    const activeSince = activeSinceOf(before, value, this.now());
    await schedules.put(name, { ...value, activeSince });
    const stored = await schedules.get(name);
    await this.services.scheduleStates.follow(stored);
    return stored;
  }

  /** Removes all schedules. */
  async clear(): Promise<void> {
    const { registry, scheduleStates } = this.services;
    for (const { name } of await registry.schedules.list()) {
      await registry.schedules.remove(name);
      await scheduleStates.forget(name);
    }
  }

  /** Sets the clock, and starts what is due. */
  async at(time: string, runs = this.runs()): Promise<void> {
    this.time = new Date(time).toISOString();
    await this.start(runs);
  }

  async start(runs = this.runs()): Promise<void> {
    const { orchestrations, reports } = this;
    const report = (_schedule: string, error: unknown): void => void reports.push(error);
    await runs.startDue({ orchestrations, milliseconds: 60_000, report });
  }

  /** The times for which a schedule has jobs, in their order. */
  async dueTimesOf(schedule: string): Promise<string[]> {
    return (await this.jobsOf(schedule)).map(({ spec }) => spec.startedBy?.id ?? '').sort();
  }

  async jobsOf(schedule: string): Promise<Job[]> {
    const { index, jobs } = this.services;
    const { names } = await index.page({}, 10_000);
    const found = await jobs.findAll(names);
    return found.flatMap((job) => (job?.spec.startedBy?.name === schedule ? [job] : []));
  }

  /** How a schedule goes. */
  async shown(name: string): Promise<ShownState> {
    const { registry, scheduleStates } = this.services;
    return shownState(await registry.schedules.get(name), (await scheduleStates.find(name))?.value);
  }

  /** Scores the jobs of a schedule that have not been. */
  async score(name: string): Promise<void> {
    for (const job of await this.jobsOf(name)) if (!isEnded(job.run.state)) await this.workspace.run(job);
  }

  /** Ends a job as if it had been scored. */
  async end(name: string, state: 'Completed' | 'Canceled' = 'Completed'): Promise<void> {
    const { spec } = await this.services.jobs.get(name);
    await this.services.jobs.change(spec.key, (run) => ({ ...run, state }));
  }
}
