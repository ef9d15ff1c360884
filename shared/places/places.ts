import { laneInstance, runPrefix } from '../domain/instanceIds';
import { isStoppable } from '../domain/jobState';
import { laneMove, lanesDue, placesUsed, type SharingJob } from '../domain/placeShares';
import { instanceId, jobPartition } from '../jobs/jobKeys';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { Job, JobStore } from '../jobs/jobStore';
import { claimRowKey, type ClaimRow } from '../planning/claimRow';
import type { ClaimId } from '../planning/claims';
import { admittedRows, newEntry, queuedRows, withLane, type Entry } from './placeRow';
import {
  PlaceStore,
  removalOf,
  writeOf,
  type PlacesOf,
  type PlaceState,
  type PlaceStoreContext,
} from './placeStore';
import type { ShownQueue } from './queueText';

/** What places are counted by. */
export interface PlacesContext extends PlaceStoreContext {
  readonly jobs: JobStore;
}

/** Whether to go on, and the orchestrations that need not wait any longer because of what was changed. */
export interface PlaceAnswer {
  readonly go: boolean;
  readonly wake: readonly string[];
}

/** Who uses a compute. */
export interface ComputeUse {
  readonly limit: number;
  /** The jobs that were admitted, and the instances that each uses. */
  readonly admitted: readonly {
    readonly name: string;
    readonly endpoint: string;
    readonly instances: number;
  }[];
  /** The number of jobs that wait to be admitted. */
  readonly queued: number;
}

/** Wakes orchestrations by their ids. */
export type Wake = (instances: readonly string[]) => Promise<void>;

/** Jobs of which it is remembered what they are to do. */
const keptSpecs = 256;

const wait = (wake: readonly string[] = []): PlaceAnswer => ({ go: false, wake });
const go = (wake: readonly string[] = []): PlaceAnswer => ({ go: true, wake });

/**
 * The places of computes: `max_instances` bounds the instances that all jobs of a compute use at once. Jobs are admitted in
 * the order in which they were made; each that was keeps at least one place, and the others go round. Whatever is asked
 * for here may be asked for again.
 */
export class Places {
  private readonly store: PlaceStore;
  private readonly specs = new Map<string, Promise<JobSpec>>();

  constructor(private readonly context: PlacesContext) {
    this.store = new PlaceStore(context);
  }

  /** Puts a job that has just been made into the line of its compute. */
  enter(spec: JobSpec): Promise<void> {
    return this.store.enter(spec, newEntry(queuedRows, spec));
  }

  /** Admits a job, unless those that were made before it come first. */
  admit(spec: JobSpec): Promise<PlaceAnswer> {
    return this.store.change<PlaceAnswer>(spec, true, async ({ limit, admitted, queued, runs }) => {
      const run = runs.get(spec.key);
      // One that was stopped meanwhile, and has left its row behind, needs no place to hear of it.
      if (run !== undefined && !isStoppable(run.state)) return { changes: [], answer: go() };
      if (admitted.some(({ value }) => value.job === spec.key)) return { changes: [], answer: go() };
      const place = newEntry(queuedRows, spec);
      const own = queued.find(({ row }) => row === place.row);
      const ahead = queued.filter(({ row }) => row < place.row).length;
      if (admitted.length + ahead >= limit) {
        // Whoever made it may have died before it was in the line: then nobody would wait for it there.
        const isInLine = own !== undefined || (await this.store.ofJob(spec)).length > 0;
        return { changes: isInLine ? [] : [writeOf(place)], answer: wait() };
      }
      // Its first lane has its place at once, where one is free: that saves it a turn of its own.
      const isFree = usedBy(admitted) < limit;
      const entry = newEntry(admittedRows, spec);
      const admission = writeOf(isFree ? withLane(entry, 0, 'holding') : entry);
      return { changes: [...(own === undefined ? [] : [removalOf(own)]), admission], answer: go() };
    });
  }

  /**
   * A lane is at the border of a claim: it keeps its place, takes one that is due to its job, or gives its own back. A claim
   * that it has begun it may finish first.
   */
  async atBorder(id: ClaimId): Promise<PlaceAnswer> {
    const spec = await this.spec(id.job);
    // Jobs that do not run any more and have left their rows could only make it give its place back, and not keep it.
    const { limit, admitted } = await this.store.lookAtRows(spec);
    const at = indexOf(admitted, id.job);
    if (admitted[at]?.value.holding.includes(id.lane) === true) {
      if (laneMove(limit, valuesOf(admitted), at, id.lane) === 'keep') return go();
    }
    return this.store.change<PlaceAnswer>(spec, false, async (state) => {
      const run = state.runs.get(id.job) ?? (await this.context.jobs.run(id.job)).value;
      // Then nothing is claimed any more, and the lane is told so without a place.
      if (run.state !== 'Running') return { changes: [], answer: go() };
      const entries = withOwn(state.admitted, spec);
      const own = entries[indexOf(entries, id.job)];
      if (own === undefined) return { changes: [], answer: go() };
      const holds = own.value.holding.includes(id.lane);
      if (!holds && !(await this.hasWork(id, run))) return { changes: [], answer: go() };
      const move = laneMove(state.limit, valuesOf(entries), indexOf(entries, id.job), id.lane);
      if (move === 'keep') return { changes: [], answer: go() };
      if (move === 'take') return { changes: [writeOf(withLane(own, id.lane, 'holding'))], answer: go() };
      if (move === 'wait') {
        const known = own.value.waiting.includes(id.lane);
        return { changes: known ? [] : [writeOf(withLane(own, id.lane, 'waiting'))], answer: wait() };
      }
      if (await this.hasOpenClaim(id)) return { changes: [], answer: go() };
      const given = withLane(own, id.lane, 'waiting');
      const after = { ...state, admitted: entries.map((one) => (one === own ? given : one)) };
      return { changes: [writeOf(given)], answer: wait(due(after)) };
    });
  }

  /**
   * A lane has ended: nothing is left to claim, or its job stops. Other lanes of the job that wait are not needed any more.
   * Answers the orchestrations that need not wait any longer.
   */
  async laneEnded(job: string, lane: number): Promise<readonly string[]> {
    const [spec, { value: run }] = await Promise.all([this.spec(job), this.context.jobs.run(job)]);
    if (!isStoppable(run.state)) return this.leave(spec);
    return this.store.change<readonly string[]>(spec, false, (state) => {
      const own = state.admitted[indexOf(state.admitted, job)];
      if (own === undefined) return { changes: [], answer: [] };
      const { value } = withLane(own, lane, 'ended');
      const isLast = value.holding.length === 0 && value.waiting.length === 0;
      // What comes next takes the whole job out, or scores a claim of this very lane again.
      const isOnly = run.plan?.lanes === 1 && state.admitted.length === 1;
      if (isLast && isOnly) return { changes: [], answer: [] };
      const ended: Entry = { ...own, value: { ...value, waiting: [] } };
      const after = { ...state, admitted: state.admitted.map((one) => (one === own ? ended : one)) };
      const wake = [...lanesOf(job, run, value.waiting), ...due(after)];
      return { changes: [writeOf(ended)], answer: wake };
    });
  }

  /**
   * Takes a job that does not run any more out of its compute. Answers the orchestrations that need not wait any longer: those
   * of the job itself, and those that its places are due to.
   */
  async leave(spec: JobSpec): Promise<readonly string[]> {
    const { key } = spec;
    if ((await this.store.ofJob(spec)).length === 0) return [];
    return this.store.change<readonly string[]>(spec, true, async (state) => {
      const [rows, { value: run }] = await Promise.all([this.store.ofJob(spec), this.context.jobs.run(key)]);
      const own = rows.flatMap(({ row, value }) =>
        row < queuedRows.from && run.times.started !== undefined
          ? lanesOf(key, run, value.waiting)
          : [instanceId(key)],
      );
      return { changes: rows.map(removalOf), answer: [...own, ...due(state)] };
    });
  }

  /** The orchestrations that need not wait any longer, as a compute allows more than it did. */
  freed(compute: string): Promise<readonly string[]> {
    const of = { compute, maxInstances: 0 };
    return this.store.change(of, true, (state) => ({ changes: [], answer: due(state) }));
  }

  /** Who uses a compute, and how many wait for it. */
  async use(of: PlacesOf): Promise<ComputeUse> {
    const [{ limit, admitted }, queued] = await Promise.all([
      this.store.look(of),
      this.store.waiting(of, queuedRows.before),
    ]);
    return { limit, admitted: admitted.map(useOf), queued };
  }

  /**
   * What a job waits for: `undefined` where it does not, or is about to be admitted. `allows` says of which endpoints the
   * jobs may be named.
   */
  async queueOf({ spec, run }: Job, allows: (endpoint: string) => boolean): Promise<ShownQueue | undefined> {
    if (run.state !== 'Queued') return undefined;
    const [{ limit, admitted }, ahead] = await Promise.all([
      this.store.look(spec),
      this.store.waiting(spec, newEntry(queuedRows, spec).row),
    ]);
    const isIn = indexOf(admitted, spec.key) >= 0;
    if (isIn || admitted.length + ahead < limit) return undefined;
    const holders = admitted.map(useOf).map(({ name, endpoint, instances }) => ({
      ...(allows(endpoint) ? { job: name } : {}),
      instances,
    }));
    return { compute: spec.compute, position: ahead + 1, maxInstances: limit, holders };
  }

  /** Whether a lane without a place would find something to score. */
  private async hasWork(id: ClaimId, { next, plan }: JobRun): Promise<boolean> {
    return (plan !== undefined && next < plan.miniBatches) || this.hasOpenClaim(id);
  }

  private async hasOpenClaim({ job, lane, sequence }: ClaimId): Promise<boolean> {
    const { tables } = this.context;
    const row = await tables.get<ClaimRow>(jobPartition(job), claimRowKey(lane, sequence));
    return row !== undefined && row.value.outcome === undefined;
  }

  private spec(job: string): Promise<JobSpec> {
    const present = this.specs.get(job);
    if (present !== undefined) return present;
    const read = this.context.jobs.spec(job);
    this.specs.set(job, read);
    read.catch(() => this.specs.delete(job));
    const [oldest] = this.specs.keys();
    if (this.specs.size > keptSpecs && oldest !== undefined) this.specs.delete(oldest);
    return read;
  }
}

function indexOf(entries: readonly Entry[], job: string): number {
  return entries.findIndex(({ value }) => value.job === job);
}

function useOf({ value }: Entry): ComputeUse['admitted'][number] {
  return { name: value.name, endpoint: value.endpoint, instances: placesUsed(value) };
}

function valuesOf(entries: readonly Entry[]): SharingJob[] {
  return entries.map(({ value }) => value);
}

/** The jobs that were admitted, with one that runs and has no row: an older version has started it. */
function withOwn(entries: readonly Entry[], spec: JobSpec): readonly Entry[] {
  if (indexOf(entries, spec.key) >= 0) return entries;
  return [...entries, newEntry(admittedRows, spec)].sort((a, b) => (a.row < b.row ? -1 : 1));
}

function usedBy(entries: readonly Entry[]): number {
  return entries.reduce((sum, { value }) => sum + placesUsed(value), 0);
}

function lanesOf(job: string, { start }: JobRun, lanes: readonly number[]): string[] {
  const prefix = runPrefix(instanceId(job), start);
  return lanes.map((lane) => laneInstance(prefix, lane));
}

/** The orchestrations that wait for what is free. */
function due({ limit, admitted, queued, runs }: PlaceState): string[] {
  const lanes = lanesDue(limit, valuesOf(admitted));
  const ofLanes = admitted.flatMap(({ value: { job } }, at) => {
    const run = runs.get(job);
    return run === undefined ? [] : lanesOf(job, run, lanes[at] ?? []);
  });
  return [...ofLanes, ...queued.map(({ value }) => instanceId(value.job))];
}
