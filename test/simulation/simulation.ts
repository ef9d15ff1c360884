import { scoreJob } from '../../orchestrations/scoreJob';
import { scoreLane } from '../../orchestrations/scoreLane';
import { scoreLaneGroup } from '../../orchestrations/scoreLaneGroup';
import { isEnded } from '../../shared/domain/jobState';
import { orchestrationNames, placeEvent } from '../../shared/domain/functionNames';
import type { JobRun } from '../../shared/jobs/jobRun';
import type { Write } from '../chaos/checker/journal';
import { Deliveries } from './durable/deliveries';
import { DurableRuntime, orchestrationsOf } from './durable/runtime';
import { engineOf, SimulatedHost, type Engine } from './host';
import { Journal } from './journal';
import { askForEnd, askForJob, lookAfterJobs, type Service } from './people';
import { PlaceCount } from './placeCount';
import { drawPlan, type Blow, type Plan, type PlannedJob } from './plan';
import { MemoryFiles } from './realm/memoryFiles';
import { inRealm, type Realm } from './realm/realm';
import { Scheduler, type Halt, type Process } from './realm/scheduler';
import { MemoryBlobStore } from './stores/memoryBlobStore';
import { MemoryTableStore } from './stores/memoryTableStore';
import { Network } from './stores/network';
import { RemoteBlobStore, RemoteTableStore } from './stores/remoteStores';
import { Weather } from './stores/weather';
import type { RunNote } from './workers/script';
import { SimulatedInput } from './workers/simulatedInput';
import { SimulatedWorkers } from './workers/simulatedWorkers';

/** Steps after which a job without an end is taken for one that has none. */
const mostSteps = 60_000;

/** How often jobs are looked after, in milliseconds. */
const recoveryMilliseconds = 60_000;

/** How a simulation is to be run. */
export interface SimulationOptions {
  readonly keepsTrace?: boolean;
  /** Breaks the engine on purpose. */
  readonly mutate?: (engine: Engine) => Engine;
}

/** Everything of one run: the real engine in simulated hosts, and all that is around them. */
export class Simulation {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly journal: Journal;
  readonly weather: Weather;
  readonly deliveries: Deliveries;
  readonly runtime: DurableRuntime;
  readonly blobs: MemoryBlobStore;
  readonly outputs: MemoryBlobStore;
  readonly tables: MemoryTableStore;
  /** What each `run()` came to, by the keys of jobs. */
  readonly runs = new Map<string, RunNote[]>();
  /** The files of each job as its end was written. */
  readonly filesAtEnd = new Map<string, Map<string, Buffer>>();
  readonly foreign = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly places: PlaceCount;
  private readonly realm: Realm;
  private readonly network: Network;
  private readonly hosts: SimulatedHost[] = [];
  private hostsMade = 0;

  constructor(
    readonly seed: number,
    private readonly options: SimulationOptions = {},
  ) {
    const scheduler = new Scheduler(seed, options.keepsTrace);
    this.scheduler = scheduler;
    this.plan = drawPlan(scheduler.random);
    this.realm = { scheduler, files: new MemoryFiles(), clockError: (process) => this.clockError(process) };
    this.journal = new Journal(scheduler, (count) => this.written(count));
    this.weather = new Weather(scheduler, this.plan.forecast);
    this.network = new Network(scheduler, this.weather);
    this.tables = new MemoryTableStore(this.journal.ofTables());
    this.blobs = new MemoryBlobStore('memory://blobs', this.journal.ofBlobs('memory://blobs'));
    this.outputs = new MemoryBlobStore('memory://outputs', this.journal.ofBlobs('memory://outputs'));
    this.places = new PlaceCount(this.plan, this.tables);
    this.deliveries = new Deliveries(scheduler, this.plan.queue, () => this.hosts);
    const handlers = {
      [orchestrationNames.scoreJob]: scoreJob,
      [orchestrationNames.scoreLane]: scoreLane,
      [orchestrationNames.scoreLaneGroup]: scoreLaneGroup,
    };
    this.runtime = new DurableRuntime(scheduler, handlers, this.deliveries);
  }

  /** Lets all jobs come to their ends, and all that is late after that. */
  run(): Promise<Halt> {
    return inRealm(this.realm, async () => {
      this.begin();
      const ended = await this.scheduler.run(() => this.filesAtEnd.size === this.plan.jobs.length, mostSteps);
      if (ended !== 'done') return ended;
      const rested = await this.scheduler.run(() => false, 2 * mostSteps);
      if (rested !== 'idle') return rested;
      // What a late delivery has committed of a failed job goes as soon as somebody looks after it.
      lookAfterJobs(this.service);
      return this.scheduler.run(() => false, 3 * mostSteps);
    });
  }

  /** The run row of a job, as it is in the store. */
  async record(key: string): Promise<JobRun | undefined> {
    return (await this.tables.get<JobRun>(`job:${key}`, 'run'))?.value;
  }

  private begin(): void {
    const { plan, scheduler } = this;
    for (let i = 0; i < plan.hosts; i++) this.startHost();
    for (const job of plan.jobs) this.beginJob(job);
    for (const blow of plan.blows)
      if (blow.at !== undefined) scheduler.outside(blow.at, blow.kind, () => this.strike(blow));
    this.lookAfter();
  }

  private beginJob({ spec, invokedAt, invocations, cancelledAt, foreignAt }: PlannedJob): void {
    const { scheduler, service } = this;
    for (let i = 0; i < invocations; i++) {
      const attempt = `${spec.attempt}-${i}`;
      scheduler.outside(invokedAt, `invoke ${spec.name}`, () => askForJob(service, { ...spec, attempt }));
    }
    if (cancelledAt !== undefined)
      scheduler.outside(invokedAt + cancelledAt, `cancel ${spec.name}`, () => {
        this.cancelled.add(spec.key);
        askForEnd(service, spec.name);
      });
    if (foreignAt !== undefined)
      scheduler.outside(foreignAt, `somebody writes the output of ${spec.name}`, () => this.takeOutput(spec));
  }

  /** Somebody else writes a file of that name, where there is none. */
  private takeOutput({ key, output }: PlannedJob['spec']): void {
    const name = `${output.folder}/${output.fileName}`;
    if (this.outputs.putForeign(name, 'of somebody else\n')) this.foreign.add(key);
  }

  private get service(): Service {
    const { scheduler, runtime } = this;
    return {
      scheduler,
      host: () => {
        const up = this.hosts.filter(({ process }) => process.alive);
        return up[Math.floor(scheduler.random.next() * up.length)];
      },
      orchestrations: orchestrationsOf(runtime, scheduler, orchestrationNames.scoreJob),
    };
  }

  private lookAfter(): void {
    this.scheduler.outside(recoveryMilliseconds, 'look after jobs', () => {
      if (this.filesAtEnd.size === this.plan.jobs.length) return;
      lookAfterJobs(this.service);
      this.lookAfter();
    });
  }

  private startHost(): void {
    const { plan, realm, network } = this;
    const process: Process = { name: `host${this.hostsMade++}`, alive: true, stoppedUntil: 0 };
    const jobOf = (found: (job: PlannedJob) => boolean): PlannedJob => {
      const job = plan.jobs.find(found);
      if (job === undefined) throw new Error('Nobody has planned such a job.');
      return job;
    };
    const engine = engineOf({
      realm,
      process,
      tables: new RemoteTableStore(this.tables, network),
      blobs: new RemoteBlobStore(this.blobs, network),
      outputs: new RemoteBlobStore(this.outputs, network),
      inputs: {
        open: (reference) => {
          const path = reference.kind === 'local' ? reference.path : '';
          const { input } = jobOf((job) => job.input.path === path);
          return Promise.resolve(new SimulatedInput(realm, input));
        },
      },
      workers: new SimulatedWorkers(
        realm,
        process,
        plan.workersPerHost,
        (key) => jobOf((job) => job.spec.key === key).script,
        (key, run) => this.runs.set(key, [...(this.runs.get(key) ?? []), run]),
        this.places,
      ),
      claimSeconds: plan.claimSeconds,
      activitySeconds: plan.activitySeconds,
      maxInstances: plan.maxInstances,
      wake: async (ids) => {
        if (ids.length === 0) return;
        await this.scheduler.pause(1, `wake ${ids.join()}`);
        for (const id of ids) this.runtime.raise(id, placeEvent);
      },
    });
    this.hosts.push(new SimulatedHost(process, this.options.mutate?.(engine) ?? engine));
  }

  private strike({ kind, milliseconds }: Blow): void {
    const { scheduler } = this;
    const up = this.hosts.filter(({ process }) => process.alive);
    const host = up[Math.floor(scheduler.random.next() * up.length)];
    if (host === undefined) return;
    if (kind === 'stop') {
      host.process.stoppedUntil = scheduler.time + milliseconds;
      return;
    }
    host.process.alive = false;
    scheduler.outside(milliseconds, `${host.process.name} is replaced`, () => this.startHost());
  }

  /** Strikes at the writes that are meant for it, and keeps the files of a job whose end was just written. */
  private written(count: number): void {
    for (const blow of this.plan.blows) if (blow.write === count) this.strike(blow);
    const write = this.journal.writes.at(-1);
    if (write === undefined || write.op !== 'rows') return;
    const job = this.plan.jobs.find(({ spec }) => write.name === `job:${spec.key}`);
    if (job === undefined || !endsJob(write) || this.filesAtEnd.has(job.spec.key)) return;
    this.filesAtEnd.set(job.spec.key, this.filesOf(job.spec.key));
  }

  /** The files of a job, as they can be read now. */
  filesOf(key: string): Map<string, Buffer> {
    return this.blobs.contents(`jobs/${key}/files/`);
  }

  private clockError(process: Process | undefined): number {
    const { clocks, forecast } = this.plan;
    if (process === undefined || this.scheduler.time < forecast.calmFrom / 8) return 0;
    return clocks[Number(process.name.slice(4)) % clocks.length] ?? 0;
  }
}

function endsJob({ changes = [] }: Write): boolean {
  return changes.some(({ row, value }) => row === 'run' && isEnded((value as unknown as JobRun).state));
}
