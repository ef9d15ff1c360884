import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Inputs, type InputContext } from '../inputs/inputs';
import { urlRules } from '../inputs/urlRules';
import { jobKey } from '../jobs/jobKeys';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import { JobStore } from '../jobs/jobStore';
import { Destinations } from '../outputs/destinations';
import { failureLines } from '../outputs/failureTexts';
import { RowEncoder } from '../outputs/blocks/rowEncoder';
import { finishJob } from '../outputs/finishJob';
import { Outcomes } from '../outputs/outcomes';
import { Places } from '../places/places';
import { Claims } from '../planning/claims';
import { planJob } from '../planning/planJob';
import { JobScorings } from '../scoring/jobScoring';
import { scoreNext } from '../scoring/scoreNext';
import type { Scorer } from '../scoring/scorer';
import type { WorkerPool } from '../scoring/workerPool';
import { silenceSqliteWarning } from '../stores/local/sqliteWarning';
import { openStores } from '../stores/openStores';
import type { Stores } from '../stores/stores';
import type { TrialInput, TrialObserver, TrialParts, TrialResult } from './trial';
import type { Trying } from './trying';

/** What a trial has made ready by the time that it scores. */
export interface TrialWork {
  readonly folder: string;
  readonly pool: WorkerPool;
  readonly scorer: Scorer;
  readonly parts: TrialParts;
  readonly input: TrialInput;
}

/** How the files of a trial were scored. */
export type TrialScored = Omit<TrialResult, 'seconds'> & {
  readonly seconds: number;
  readonly warnings: readonly string[];
  /** Where the predictions are. */
  readonly output: string | undefined;
};

type DataLookup = InputContext['registry']['data']['versions']['get'];

const now = (): Date => new Date();

/** The job goes by this name. */
const name = 'trial';
export const trialKey = jobKey(name);

/** Claims aim at so many seconds: each is one mini-batch, so that what failed is told at once. */
const claimSeconds = 1e-9;

/** The job of a trial: a real one, in stores that nobody else sees. */
export class TrialJob {
  private readonly jobs: JobStore;
  private readonly claims: Claims;
  private readonly places: Places;
  private readonly inputs: Inputs;
  private readonly encoder = new RowEncoder();

  private constructor(
    private readonly stores: Stores,
    private readonly work: TrialWork,
    seconds: number,
  ) {
    this.jobs = new JobStore(stores.tables, now);
    this.claims = new Claims(stores.tables, this.jobs, now, claimSeconds);
    // There is no compute: what the job itself says counts.
    const computes = { find: () => Promise.resolve(undefined) };
    this.places = new Places({ tables: stores.tables, jobs: this.jobs, computes });
    const { places } = work.input;
    const get: DataLookup = async (reference) => ({ value: { uri: await places.data(reference) } });
    this.inputs = new Inputs({
      registry: { data: { versions: { get } } },
      blobs: stores.blobs,
      datastore: async (name) => {
        const place = await places.datastore(name);
        return 'folder' in place ? stores.localFolder(place.folder) : stores.azureContainer(place);
      },
      rules: urlRules(seconds, true),
      localFiles: true,
      scratch: join(work.folder, 'scratch'),
    });
  }

  /** Fails as inputs do that are not there. */
  static async open(trying: Trying, work: TrialWork): Promise<TrialJob> {
    silenceSqliteWarning();
    const stores = await openStores({ kind: 'local', folder: join(work.folder, 'store') });
    const job = new TrialJob(stores, work, trying.settings.urlSeconds);
    try {
      await job.jobs.create(await job.specOf());
      return job;
    } catch (error) {
      await stores.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.encoder.close();
    await this.stores.close();
  }

  /** Scores all of it. Once the signal is raised, no further mini-batch is begun. */
  async run(failed: TrialObserver['failed'], signal: AbortSignal): Promise<TrialScored> {
    const spec = await this.jobs.spec(trialKey);
    const { blobs } = this.stores;
    const { scratch, pool, scorer } = { ...this.work, scratch: join(this.work.folder, 'scratch') };
    const cancel = (): void => void this.jobs.stop(trialKey, { cancelled: true, by: '' });
    signal.addEventListener('abort', cancel);
    try {
      const { jobs, claims, places, inputs, encoder } = this;
      const destinations = this.destinations();
      const most = { machineLimit: 1, mostFiles: this.work.input.files };
      const newId = randomUUID;
      const planning = { jobs, claims, places, blobs, inputs, destinations, scratch, now, newId, ...most };
      await planJob(planning, trialKey);
      const scorings = new JobScorings(jobs, blobs, () => Promise.resolve(scorer), inputs);
      const scoring = {
        jobs,
        claims,
        places,
        blobs,
        encoder,
        scorings,
        pool,
        scratch,
        now,
        activitySeconds: undefined,
      };
      const told = new Set<number>();
      for (let sequence = 0; ;) {
        const { more, again } = await scoreNext(scoring, { job: trialKey, lane: 0, sequence });
        // What the interruption ended has not failed by itself.
        if (!signal.aborted) await this.tell(failed, told);
        if (!more) break;
        if (again !== true) sequence++;
      }
      const ended = (): Promise<void> => Promise.resolve();
      const finishing = { jobs, claims, places, blobs, encoder, destinations, scratch, now, ended };
      await finishJob(finishing, trialKey);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
    return resultOf((await this.jobs.run(trialKey)).value, spec);
  }

  /** Tells the failures of claims that have not been told. */
  private async tell(failed: TrialObserver['failed'], told: Set<number>): Promise<void> {
    const { progress } = (await this.jobs.run(trialKey)).value;
    if (progress.failedFiles === 0) return;
    const outcomes = await Outcomes.collect(trialKey, this.claims.all(trialKey), this.work.folder);
    const before = new Set(told);
    try {
      for await (const line of failureLines(this.stores.blobs, outcomes)) {
        if (before.has(line.miniBatch)) continue;
        told.add(line.miniBatch);
        failed(line);
      }
    } finally {
      await outcomes.close();
    }
  }

  private destinations(): Destinations {
    const localFolder = (path: string): Promise<ReturnType<Stores['localFolder']>> =>
      Promise.resolve(this.stores.localFolder(path));
    return new Destinations(this.stores.tables, { localFolder, datastore: localFolder });
  }

  private async specOf(): Promise<JobSpec> {
    const { parts, input, folder } = this.work;
    const { code, settings } = parts;
    const pinned = { name, version: '1' };
    return {
      name,
      key: trialKey,
      createdAt: now().toISOString(),
      attempt: randomUUID(),
      caller: name,
      tags: {},
      properties: {},
      endpoint: name,
      deployment: parts.name,
      model: pinned,
      ...(code === undefined ? {} : { code: { ...pinned, scoringScript: code.script } }),
      compute: name,
      maxInstances: 1,
      input: await this.inputs.resolve(input.uri),
      inputUri: input.uri,
      output: { kind: 'local', folder: join(folder, 'output'), fileName: settings.outputFileName },
      // One try each, and all of the files: whoever looks on wants to see what is wrong with them.
      settings: { ...settings, maxTries: 1, errorThreshold: -1 },
      warnings: [],
    };
  }
}

function resultOf({ progress, error, result, warnings }: JobRun, { output }: JobSpec): TrialScored {
  const { miniBatches, files, failedFiles, rows, seconds } = progress;
  const path = output.kind === 'local' ? join(output.folder, output.fileName) : undefined;
  return {
    miniBatches,
    files,
    failedFiles,
    rows,
    seconds,
    scriptFiles: result?.scriptFiles ?? [],
    warnings,
    output: result?.outputUri === undefined ? undefined : path,
    ...(error === undefined ? {} : { error }),
  };
}
