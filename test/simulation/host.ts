import { activityNames } from '../../shared/domain/functionNames';
import {
  whileStoreIsAway,
  type JobInput,
  type ScoreNextInput,
  type StopJobInput,
} from '../../shared/domain/scoreJobMessages';
import { isStoppable } from '../../shared/domain/jobState';
import { failure } from '../../shared/errors/batchpointError';
import type { Inputs } from '../../shared/inputs/inputs';
import { JobIndex } from '../../shared/jobs/jobIndex';
import { JobStore } from '../../shared/jobs/jobStore';
import type { RecoveryContext } from '../../shared/jobs/recoverJobs';
import { retireJob } from '../../shared/jobs/retireJob';
import { Destinations } from '../../shared/outputs/destinations';
import { finishJob, type FinishContext } from '../../shared/outputs/finishJob';
import { revertLate } from '../../shared/outputs/revert';
import { Places, type Wake } from '../../shared/places/places';
import { RowEncoder } from '../../shared/outputs/blocks/rowEncoder';
import { Claims } from '../../shared/planning/claims';
import { planJob, type PlanContext } from '../../shared/planning/planJob';
import { JobScorings } from '../../shared/scoring/jobScoring';
import { prepareScorer, type PrepareContext } from '../../shared/scoring/prepareScorer';
import type { Scorer } from '../../shared/scoring/scorer';
import { scoreNext, type ScoringContext } from '../../shared/scoring/scoreNext';
import type { BlobStore } from '../../shared/stores/blobStore';
import { StorePatience } from '../../shared/stores/storePatience';
import type { TableStore } from '../../shared/stores/tableStore';
import type { ActivityHost } from './durable/deliveries';
import { wallClock, type Realm } from './realm/realm';
import { uuid } from './realm/random';
import type { Process } from './realm/scheduler';
import type { SimulatedWorkers } from './workers/simulatedWorkers';

/** What a host is made of, apart from the engine. */
export interface Surroundings {
  readonly realm: Realm;
  readonly process: Process;
  readonly tables: TableStore;
  readonly blobs: BlobStore;
  readonly outputs: BlobStore;
  readonly inputs: Pick<Inputs, 'open'>;
  readonly workers: SimulatedWorkers;
  readonly claimSeconds: number;
  readonly activitySeconds: number | undefined;
  /** `max_instances` of the compute. */
  readonly maxInstances: number;
  readonly wake: Wake;
}

/** What the activities work with. */
type Context = Omit<PlanContext & PrepareContext & ScoringContext & FinishContext, 'places'> & {
  readonly places: Places;
};

/** The engine in one host: the parts that the app is made of, and what its activities work with. */
export interface Engine extends Context {
  readonly index: JobIndex;
  readonly takeBack: RecoveryContext['takeBack'];
  readonly activities: Activities;
}

type Activities = Readonly<Record<string, (engine: Engine, input: never) => Promise<object>>>;

/** The activities of the app. */
const activities: Activities = {
  [activityNames.planJob]: (engine, { job }: JobInput) => planJob(engine, job),
  [activityNames.prepareScorer]: async (engine, { job }: JobInput) => {
    await prepareScorer(engine, job);
    return {};
  },
  [activityNames.scoreNext]: (engine, input: ScoreNextInput) => scoreNext(engine, input),
  [activityNames.stopJob]: async (engine, { job, reason }: StopJobInput) => {
    const error = failure('MachineryFailed', { reason }).toBody();
    const { state } = await engine.jobs.stop(job, { cancelled: false, error });
    if (!isStoppable(state)) await engine.wake?.(await engine.places.leave(await engine.jobs.spec(job)));
    return {};
  },
  [activityNames.finishJob]: (engine, { job }: JobInput) => finishJob(engine, job),
};

/** What processes would be started with: those of a simulation need nothing. */
const scorer: Scorer = {
  key: 'scorer',
  runtime: 'node',
  requirements: undefined,
  setup: { kind: 'module', folder: '', script: '', model: '', level: 'INFO', summary_only: false },
  variables: {},
  limits: {},
};

/** Puts the engine together as the app does it. */
export function engineOf(around: Surroundings): Engine {
  const { realm, process, tables, blobs, outputs, inputs, workers, activitySeconds, maxInstances } = around;
  const now = (): Date => wallClock(realm, process);
  const places = { datastore: () => Promise.resolve(outputs), localFolder: () => Promise.resolve(outputs) };
  const destinations = new Destinations(tables, places);
  const jobs = new JobStore(tables, now);
  const index = new JobIndex(tables);
  const claims = new Claims(tables, jobs, now, around.claimSeconds);
  const scratch = `/simulated/scratch/${process.name}`;
  const scorerOf = (): Promise<Scorer> => Promise.resolve(scorer);
  const scorings = new JobScorings(jobs, blobs, scorerOf, inputs);
  return {
    blobs,
    tables,
    jobs,
    index,
    destinations,
    inputs,
    scorings,
    scorerOf,
    activitySeconds,
    now,
    activities,
    claims,
    environments: { plan: () => Promise.reject(new Error('No environment is asked for.')) },
    pool: workers,
    encoder: new RowEncoder(),
    scratch,
    newId: () => uuid(realm.scheduler.random),
    machineLimit: undefined,
    places: new Places({
      tables,
      jobs,
      computes: { find: () => Promise.resolve({ value: { maxInstances } }) },
    }),
    wake: around.wake,
    takeBack: (job) => revertLate({ blobs, claims, destinations, scratch }, job),
    ended: async (key) => {
      scorings.forget(key);
      await retireJob(
        { index, now, followUps: [] },
        { spec: await jobs.spec(key), run: (await jobs.run(key)).value },
      );
    },
  };
}

/** A process of the app. */
export class SimulatedHost implements ActivityHost {
  private readonly patience = new StorePatience(() => this.engine.now().getTime());

  constructor(
    readonly process: Process,
    readonly engine: Engine,
  ) {}

  async run(name: string, input: object): Promise<object> {
    const activity = this.engine.activities[name];
    if (activity === undefined) throw new Error(`Nobody has registered ${name}.`);
    const run = (): Promise<object> => activity(this.engine, input as never);
    const wait = (whileStoreIsAway as Readonly<Record<string, object>>)[name];
    if (wait === undefined) return run();
    const id = `${name} ${JSON.stringify(input)}`;
    return this.patience.answerOf({ id, run, wait }, () => undefined);
  }
}
