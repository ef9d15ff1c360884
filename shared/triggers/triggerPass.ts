import { isFailure } from '../errors/batchpointError';
import type { Orchestrations } from '../jobs/recoverJobs';
import type { Stored } from '../registry/namedResources';
import { startOnce } from '../starting/startOnce';
import { forEachBounded } from '../stores/boundedWork';
import type { Row } from '../stores/tableStore';
import { openRows, type Arrival } from './arrival';
import { startArrivalJob } from './arrivalJobs';
import type { ClosedWindow } from './closedWindow';
import { degradationOf, degrade, isResting, recovered, type Degradation } from './degradation';
import { forgetTrigger } from './forgetTrigger';
import { Settling, type Outcome } from './settling';
import type { Batching, Trigger, WatchedFiles } from './trigger';
import { isOwnFault, type TriggerJobContext } from './triggerFaults';
import { triggerKey, triggerPartition } from './triggerKeys';
import { forgetWork, noteWork, workOf } from './triggerWork';
import { jobOfWindow } from './wantedJobs';
import { closedWindow, closeWindow, finishWindow, openWindow, type OpenWindow } from './windows';

/** How far triggers are taken, and who hears of what goes wrong. */
export interface Advancing {
  readonly orchestrations: Orchestrations;
  /** Milliseconds after which nothing more is begun. */
  readonly milliseconds: number;
  /** Told of what could not be done this time. */
  readonly report: (trigger: string, error: unknown) => void;
}

/** What a pass over a trigger has left. */
export interface Passed {
  /** Whether there may be more to do at once. */
  readonly more: boolean;
  /** The window that is open. */
  readonly window?: OpenWindow;
}

/** Arrivals that are looked at before the trigger itself is looked at again. */
const arrivalsInPass = 200;

/** Jobs that are made at once. */
const jobsAtOnce = 16;

const rest: Passed = { more: false };
const more: Passed = { more: true };

/** One look at what a trigger has to do: makes jobs for what has waited longest. */
export class TriggerPass {
  constructor(
    private readonly context: TriggerJobContext,
    private readonly key: string,
    private readonly advancing: Advancing,
    /** The time by `performance.now()` from which on nothing more is begun. */
    private readonly until: number,
  ) {}

  /** Takes the trigger of this name further, if it is the one of the key; of one that is gone it clears away the rest. */
  async take(name: string): Promise<Passed> {
    const { tables, registry, now } = this.context;
    const work = await workOf(tables, this.key);
    if (work === undefined) return rest;
    const trigger = await registry.triggers.find(name);
    if (trigger === undefined || triggerKey(trigger) !== this.key) {
      await forgetTrigger(this.context, this.key);
      await forgetWork(tables, work);
      return rest;
    }
    if (trigger.value.paused || trigger.deleting !== undefined) return rest;
    const before = await degradationOf(tables, this.key);
    if (isResting(before, trigger, now())) return rest;
    const passed = await this.takeNext(trigger, before);
    if (passed !== 'nothing') return passed;
    if (before !== undefined) await recovered(tables, this.key);
    await forgetWork(tables, work);
    return rest;
  }

  /** A window that is closed comes first, whatever the trigger has been changed to since: its files are in its list. */
  private async takeNext(
    trigger: Stored<Trigger>,
    before: Degradation | undefined,
  ): Promise<Passed | 'nothing'> {
    const { watch, batching } = trigger.value;
    const closed = await closedWindow(this.context.tables, this.key);
    if (closed !== undefined) return this.trying(trigger, before, () => this.startWindow(trigger, closed));
    return watch.type === 'files' && batching.type === 'window'
      ? this.takeWindow(trigger, watch, batching, before)
      : this.takeArrivals(trigger, before);
  }

  private async takeArrivals(
    trigger: Stored<Trigger>,
    degraded: Degradation | undefined,
  ): Promise<Passed | 'nothing'> {
    const arrivals = await this.waiting(arrivalsInPass, degraded?.open);
    if (arrivals.length === 0) return 'nothing';
    const settling = this.settling();
    let fault: { readonly error: unknown; readonly open: string } | undefined;
    let before = degraded;
    const makeJob = async (open: Row<Arrival>): Promise<void> => {
      if (fault !== undefined || performance.now() >= this.until) return;
      try {
        const { orchestrations } = this.advancing;
        await settling.settle(await startArrivalJob(this.context, orchestrations, trigger, open));
      } catch (error) {
        fault ??= { error, open: open.row };
        return;
      }
      if (before === undefined) return;
      before = undefined;
      await recovered(this.context.tables, this.key);
    };
    // What makes no jobs at the moment is tried with one.
    const alone = degraded === undefined ? 0 : 1;
    for (const open of arrivals.slice(0, alone)) await makeJob(open);
    await forEachBounded(jobsAtOnce, arrivals.slice(alone), makeJob);
    return fault === undefined ? more : this.degraded(trigger, before, fault);
  }

  private async takeWindow(
    trigger: Stored<Trigger>,
    watch: WatchedFiles,
    batching: Extract<Batching, { type: 'window' }>,
    before: Degradation | undefined,
  ): Promise<Passed | 'nothing'> {
    const [first] = await this.waiting(1);
    if (first === undefined) return 'nothing';
    const waiting = await this.countWaiting(batching.files);
    const open = openWindow(batching, first, waiting, this.context.now());
    if (open !== undefined) return { more: false, window: open };
    return this.trying(trigger, before, async () => {
      const arrivals = await this.waiting(batching.files);
      const window = await closeWindow(this.context, trigger, watch, arrivals, this.settling());
      if (window !== undefined) await this.startWindow(trigger, window);
    });
  }

  /** Does something for all that waits; what it cannot be done for is the reason why the trigger rests. */
  private async trying(
    trigger: Stored<Trigger>,
    before: Degradation | undefined,
    work: () => Promise<void>,
  ): Promise<Passed> {
    try {
      await work();
      if (before !== undefined) await recovered(this.context.tables, this.key);
      return more;
    } catch (error) {
      return this.degraded(trigger, before, { error });
    }
  }

  private async startWindow(trigger: Stored<Trigger>, window: ClosedWindow): Promise<void> {
    const settling = this.settling();
    const outcome = await this.outcomeOf(trigger, window);
    await finishWindow(this.context, this.key, window, (open) => settling.settle({ ...outcome, open }));
    await this.noteMore(trigger);
  }

  private async outcomeOf(trigger: Stored<Trigger>, window: ClosedWindow): Promise<Omit<Outcome, 'open'>> {
    try {
      const { orchestrations } = this.advancing;
      const { job } = await startOnce(this.context, orchestrations, jobOfWindow(trigger, window));
      return { job: job.spec.name };
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      return { reason: error };
    }
  }

  /** The arrivals that wait, the first ones; those behind `after` come before all others. */
  private async waiting(limit: number, after?: string): Promise<readonly Row<Arrival>[]> {
    const { tables } = this.context;
    const range = { ...openRows, limit };
    const behind = after === undefined ? [] : [{ ...range, from: `${after}!` }];
    const arrivals: Row<Arrival>[] = [];
    for (const each of [...behind, range]) {
      for await (const row of tables.query<Arrival>(triggerPartition(this.key), each)) arrivals.push(row);
      if (arrivals.length > 0) break;
    }
    return arrivals;
  }

  private async countWaiting(limit: number): Promise<number> {
    const rows: string[] = [];
    const range = { ...openRows, limit };
    for await (const { row } of this.context.tables.query(triggerPartition(this.key), range)) rows.push(row);
    return rows.length;
  }

  private async degraded(
    trigger: Stored<Trigger>,
    before: Degradation | undefined,
    fault: { readonly error: unknown; readonly open?: string },
  ): Promise<Passed> {
    if (!isFailure(fault.error)) this.advancing.report(trigger.name, fault.error);
    await degrade(this.context, trigger, before, fault);
    await this.noteMore(trigger);
    return rest;
  }

  /** The trigger may have been deleted and cleared away meanwhile: then what was written since is cleared away too. */
  private async noteMore(trigger: Stored<Trigger>): Promise<void> {
    await noteWork(this.context.tables, trigger);
  }

  private settling(): Settling {
    return new Settling(this.context.tables, this.key, this.context.now);
  }
}
