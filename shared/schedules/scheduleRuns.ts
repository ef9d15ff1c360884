import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import { errorReport } from '../errors/errorReport';
import { isEnded } from '../domain/jobState';
import type { Job } from '../jobs/jobStore';
import type { Orchestrations } from '../jobs/recoverJobs';
import type { Stored } from '../registry/namedResources';
import { startOnce, type StartContext } from '../starting/startOnce';
import { forEachBounded } from '../stores/boundedWork';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import type { Row } from '../stores/tableStore';
import { afterMissed, isMissed } from './missedRuns';
import type { Schedule } from './schedule';
import {
  runAfter,
  runAt,
  timesOf,
  withJob,
  withNext,
  withRun,
  type ScheduleRun,
  type ScheduleState,
} from './scheduleState';
import type { ScheduleStates } from './scheduleStates';
import { runName, wantedRun, type RunReason } from './wantedRun';

/** How far schedules are taken, and who hears of what goes wrong. */
export interface RunningSchedules {
  readonly orchestrations: Orchestrations;
  /** Milliseconds after which nothing more is begun. */
  readonly milliseconds: number;
  /** Told of what could not be done this time. */
  readonly report: (schedule: string, error: unknown) => void;
}

/** What schedules run with. */
export type RunContext = StartContext & { readonly states: ScheduleStates };

/** Schedules that are looked at in one go, and at once. */
const schedulesInGo = 2_000;
const schedulesAtOnce = 16;

/** What may pass hinders a run for so many milliseconds; then it has failed, and the next one is waited for. */
const triedFor = 5 * 60_000;

/** Milliseconds between one try and the next. */
const triedEvery = 5_000;

type State = Row<ScheduleState>;

/**
 * Starts the jobs of schedules. Anybody may, at any time, on any number of hosts: the name of a job follows from the time
 * that it is due, so it is made once, and the schedule moves on after that.
 */
export class ScheduleRuns {
  constructor(
    private readonly context: RunContext,
    private readonly pause: ConflictPause = conflictPause,
  ) {}

  /** Starts what is due. Where nothing is, this is one read. What takes longer goes on with the next call. */
  async startDue(running: RunningSchedules): Promise<void> {
    const until = performance.now() + running.milliseconds;
    const names = await this.context.states.startingBy(this.context.now(), schedulesInGo);
    await forEachBounded(schedulesAtOnce, names, async (name) => {
      try {
        for (let more = true; more && performance.now() < until;) more = await this.step(running, name);
      } catch (error) {
        running.report(name, error);
      }
    });
  }

  /**
   * Starts a job of a schedule now, as if it were due at `time`; the run that is due next stays as it is. The same request
   * finds its job again.
   */
  async once(
    orchestrations: Orchestrations,
    schedule: Stored<Schedule>,
    asked: { readonly requestId?: string; readonly time?: Date } = {},
  ): Promise<Job> {
    const reason: RunReason = { type: 'once', time: this.context.now(), ...asked };
    const job = await this.startJob(orchestrations, schedule, reason);
    await this.amend(schedule.name, (state) => withJob(state, job.spec.name));
    return job;
  }

  /** Takes a schedule one step further; says whether there may be another. */
  private async step(running: RunningSchedules, name: string): Promise<boolean> {
    const { registry, states, now } = this.context;
    const [schedule, state] = await Promise.all([registry.schedules.find(name), states.find(name)]);
    if (schedule === undefined) {
      await states.forget(name);
      return false;
    }
    if (state === undefined || state.value.times !== timesOf(schedule)) {
      await states.follow(schedule);
      return true;
    }
    const { next, trying, makingUpUntil = '' } = state.value;
    if (next === undefined || new Date(next.startsAt) > now()) return false;
    const due = new Date(next.due);
    const isDecided = trying !== undefined || next.due <= makingUpUntil;
    if (!isDecided && isMissed(new Date(next.startsAt), now())) {
      await states.write(state, this.afterMissed(schedule, state.value, due));
      return true;
    }
    return this.run(running, schedule, state, due);
  }

  /** The state once it is decided which of the runs that were missed are made up for. */
  private afterMissed(schedule: Stored<Schedule>, state: ScheduleState, due: Date): ScheduleState {
    const now = this.context.now();
    const { last, first } = afterMissed(schedule, due, now);
    if (first !== undefined)
      return { ...withNext(state, runAt(schedule, first)), makingUpUntil: last.toISOString() };
    const moved = withNext(state, runAfter(schedule, last));
    return withRun(moved, { due: last.toISOString(), startedAt: now.toISOString(), outcome: 'Missed' });
  }

  /** Starts the job of the next run; says whether the schedule has moved on. */
  private async run(
    running: RunningSchedules,
    schedule: Stored<Schedule>,
    state: State,
    due: Date,
  ): Promise<boolean> {
    const startedAt = this.context.now().toISOString();
    const outcome = await this.outcomeOf(running.orchestrations, schedule, state.value, due);
    if (outcome instanceof Error) {
      running.report(schedule.name, outcome);
      await this.noteTrying(state, due, outcome);
      return false;
    }
    await this.settle(schedule, state, { due: due.toISOString(), startedAt, ...outcome });
    return true;
  }

  /** What becomes of a run; an error where it is to be tried again. */
  private async outcomeOf(
    orchestrations: Orchestrations,
    schedule: Stored<Schedule>,
    state: ScheduleState,
    due: Date,
  ): Promise<Omit<ScheduleRun, 'due' | 'startedAt'> | BatchpointError> {
    try {
      if (!(await this.makeRoom(schedule, state, due)))
        return { outcome: 'Overlap', reason: reasonOf(overlap(schedule)) };
      const job = await this.startJob(orchestrations, schedule, { type: 'due', time: due });
      return { outcome: 'Started', job: job.spec.name };
    } catch (error) {
      const hindrance = hindranceOf(error);
      if (hindrance.retryable && !this.isGivenUp(state)) return hindrance;
      return { outcome: 'Failed', reason: reasonOf(hindrance) };
    }
  }

  private async startJob(
    orchestrations: Orchestrations,
    schedule: Stored<Schedule>,
    reason: RunReason,
  ): Promise<Job> {
    const wanted = await wantedRun(this.context, schedule, reason);
    return (await startOnce(this.context, orchestrations, wanted)).job;
  }

  /** Does with jobs that have not ended what the schedule says; says whether the run may start its own. */
  private async makeRoom(
    schedule: Stored<Schedule>,
    { openJobs }: ScheduleState,
    due: Date,
  ): Promise<boolean> {
    const { jobs } = this.context;
    const { concurrency } = schedule.value;
    if (concurrency === 'allow') return true;
    // A host may have started the job of this very run, and died.
    const own = runName(schedule, { type: 'due', time: due });
    const open = (await jobs.findAll(openJobs)).filter(
      (job) => job !== undefined && job.spec.name !== own && !isEnded(job.run.state),
    );
    if (concurrency === 'forbid') return open.length === 0;
    for (const job of open) {
      if (job !== undefined)
        await jobs.stop(job.spec.key, { cancelled: true, by: `schedule ${schedule.name}` });
    }
    return true;
  }

  private isGivenUp({ trying }: ScheduleState): boolean {
    return trying !== undefined && this.context.now().getTime() - Date.parse(trying.since) >= triedFor;
  }

  /** Puts a run that is hindered behind those that are due by then: what takes long to fail holds up no other for long. */
  private async noteTrying({ value, ...row }: State, due: Date, error: BatchpointError): Promise<void> {
    const now = this.context.now();
    const trying = { since: value.trying?.since ?? now.toISOString(), error: error.toBody() };
    const startsAt = new Date(now.getTime() + triedEvery).toISOString();
    const next = { due: due.toISOString(), startsAt };
    await this.context.states.write({ ...row, value }, { ...value, next, trying });
  }

  /** Writes down what became of a run, and moves on to the next one, unless somebody else has. */
  private async settle(schedule: Stored<Schedule>, state: State, run: ScheduleRun): Promise<void> {
    const moved = withNext(state.value, runAfter(schedule, new Date(run.due)));
    if (await this.context.states.write(state, withRun(moved, run))) return;
    await this.amend(schedule.name, (present) => {
      // Nobody has moved it: it is looked at anew.
      if (present.next?.due === run.due && present.times === state.value.times) return present;
      const last = present.lastRun;
      const isNews =
        last === undefined ||
        last.due < run.due ||
        (last.due === run.due && last.job === undefined && run.job !== undefined);
      return isNews ? withRun(present, run) : withJob(present, run.job);
    });
  }

  /** Changes a state as it is now; where there is none nothing happens. */
  private async amend(name: string, change: (state: ScheduleState) => ScheduleState): Promise<void> {
    for (let conflict = 1; ; conflict++) {
      const present = await this.context.states.find(name);
      if (present === undefined) return;
      const next = change(present.value);
      if (next === present.value || (await this.context.states.write(present, next))) return;
      await this.pause(conflict);
    }
  }
}

function overlap({ value }: Stored<Schedule>): BatchpointError {
  return failure('ScheduleOverlap', { concurrency: value.concurrency });
}

function reasonOf(error: BatchpointError): NonNullable<ScheduleRun['reason']> {
  const { code, message } = error.toBody();
  return { code, message };
}

/** What is not of the catalogue comes from the machinery, and may pass. */
function hindranceOf(error: unknown): BatchpointError {
  if (isFailure(error)) return error;
  return failure('ScheduleRunFailed', { reason: errorReport(error) }, { cause: error });
}
