import { isFailure } from '../errors/batchpointError';
import type { Orchestrations } from '../jobs/recoverJobs';
import type { Stored } from '../registry/namedResources';
import { forEachBounded } from '../stores/boundedWork';
import type { Row } from '../stores/tableStore';
import { openRows, type Arrival } from './arrival';
import { degradationOf, degrade, isResting, recovered, type Degradation } from './degradation';
import { startFileJob, type TriggerJobContext } from './fileJobs';
import { Settling } from './settling';
import type { Trigger } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';
import { allWork, forgetWork, workOf } from './triggerWork';

/** How far triggers are taken, and who hears of what goes wrong. */
export interface Advancing {
  readonly orchestrations: Orchestrations;
  /** Milliseconds after which nothing more is begun. */
  readonly milliseconds: number;
  /** Told of what could not be done this time. */
  readonly report: (trigger: string, error: unknown) => void;
}

/** Arrivals that are looked at before the trigger itself is looked at again. */
const arrivalsInPass = 200;

/** Jobs that are made at once. */
const jobsAtOnce = 16;

/** Makes the jobs that triggers are to make, for whatever waits. Done by several at once, each job is made once. */
export class TriggerAdvance {
  /** Triggers that this process is at, and whether something came meanwhile. */
  private readonly running = new Map<string, { again: boolean }>();

  constructor(private readonly context: TriggerJobContext) {}

  /** Takes every trigger further that has something to do. */
  async advanceAll(advancing: Advancing): Promise<void> {
    const until = performance.now() + advancing.milliseconds;
    const all: { key: string; name: string }[] = [];
    for await (const { row, value } of allWork(this.context.tables)) all.push({ key: row, name: value.name });
    await Promise.all(all.map(({ key, name }) => this.advanceKey(key, name, advancing, until)));
  }

  /** Takes these triggers further. Whoever comes while another call is at one leaves it to that. */
  async advance(triggers: readonly Stored<Trigger>[], advancing: Advancing): Promise<void> {
    const until = performance.now() + advancing.milliseconds;
    await Promise.all(
      triggers.map((trigger) => this.advanceKey(triggerKey(trigger), trigger.name, advancing, until)),
    );
  }

  private async advanceKey(key: string, name: string, advancing: Advancing, until: number): Promise<void> {
    const present = this.running.get(key);
    if (present !== undefined) {
      present.again = true;
      return;
    }
    const mine = { again: true };
    this.running.set(key, mine);
    try {
      while (mine.again && performance.now() < until) {
        mine.again = false;
        if ((await this.pass(key, name, advancing, until)) === 'more') mine.again = true;
      }
    } catch (error) {
      advancing.report(name, error);
    } finally {
      this.running.delete(key);
    }
  }

  /** Makes jobs for the next arrivals of a trigger, and says whether there may be more. */
  private async pass(
    key: string,
    name: string,
    advancing: Advancing,
    until: number,
  ): Promise<'more' | 'rest'> {
    const { tables, registry, now } = this.context;
    const work = await workOf(tables, key);
    if (work === undefined) return 'rest';
    const trigger = await registry.triggers.find(name);
    if (trigger === undefined || trigger.deleting !== undefined || triggerKey(trigger) !== key) return 'rest';
    if (trigger.value.paused) return 'rest';
    const before = await degradationOf(tables, key);
    if (isResting(before, trigger, now())) return 'rest';
    const arrivals = await this.waiting(key, before);
    if (arrivals.length === 0) {
      if (before !== undefined) await recovered(tables, key);
      await forgetWork(tables, work);
      return 'rest';
    }
    return this.makeJobs(trigger, { key, before, arrivals, until }, advancing);
  }

  /** The arrivals that wait; those behind the one that was tried last come first. */
  private async waiting(key: string, before: Degradation | undefined): Promise<readonly Row<Arrival>[]> {
    const tables = this.context.tables;
    const arrivals: Row<Arrival>[] = [];
    const range = { ...openRows, limit: arrivalsInPass };
    const behind = before?.open === undefined ? undefined : { ...range, from: `${before.open}!` };
    for (const each of behind === undefined ? [range] : [behind, range]) {
      for await (const row of tables.query<Arrival>(triggerPartition(key), each)) arrivals.push(row);
      if (arrivals.length > 0) break;
    }
    return arrivals;
  }

  private async makeJobs(
    trigger: Stored<Trigger>,
    work: {
      readonly key: string;
      readonly before: Degradation | undefined;
      readonly arrivals: readonly Row<Arrival>[];
      readonly until: number;
    },
    advancing: Advancing,
  ): Promise<'more' | 'rest'> {
    const { watch } = trigger.value;
    if (watch.type !== 'files') return 'rest';
    const settling = new Settling(this.context.tables, work.key, this.context.now);
    let fault: { readonly error: unknown; readonly open: string } | undefined;
    let { before } = work;
    const makeJob = async (open: Row<Arrival>): Promise<void> => {
      if (fault !== undefined || performance.now() >= work.until) return;
      try {
        const { orchestrations } = advancing;
        await settling.settle(await startFileJob(this.context, orchestrations, trigger, watch, open));
      } catch (error) {
        fault ??= { error, open: open.row };
        return;
      }
      if (before === undefined) return;
      before = undefined;
      await recovered(this.context.tables, work.key);
    };
    // What makes no jobs at the moment is tried with one.
    const first = work.before === undefined ? [] : work.arrivals.slice(0, 1);
    for (const open of first) await makeJob(open);
    await forEachBounded(jobsAtOnce, work.arrivals.slice(first.length), makeJob);
    if (fault === undefined) return 'more';
    if (!isFailure(fault.error)) advancing.report(trigger.name, fault.error);
    await degrade(this.context, trigger, before, fault);
    return 'rest';
  }
}
