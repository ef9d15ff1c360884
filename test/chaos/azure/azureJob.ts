import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isEnded } from '../../../shared/domain/jobState';
import { jobKey, jobPrefix } from '../../../shared/jobs/jobKeys';
import { productContainer } from '../../../shared/stores/stores';
import type { Job } from '../../../shared/jobs/jobStore';
import type { Evidence, Files, InputFile, Sighting } from '../checker/evidence';
import { journalTime } from '../checker/journal';
import { miniBatchSize, type AzureHost } from './azureHost';
import { outputContainer, type ChooseFault } from './faultyStore';
import { keyedInput, keyedLoop, keysOf, keyedTries, mustFail, triesOf } from './keyedScorer';

/** A job to be run, and what happens to it meanwhile. */
export interface AzureJob {
  readonly files: number;
  /** Failed files that are ignored; -1 ignores all. */
  readonly threshold?: number;
  /** Cancels the job after so many milliseconds. */
  readonly cancelAfter?: number;
  /** Milliseconds that each mini-batch takes, where it is not the default. */
  readonly pause?: number;
}

/** How often the output is looked at, in milliseconds. */
const lookEvery = 50;

/** Seconds that a job may take before it counts as stuck. */
const patience = 180;

/**
 * Runs jobs at once while their store fails as it is told to, and gathers all that is known of them from outside the
 * engine.
 */
export async function runAzureJobs(
  azure: AzureHost,
  jobs: readonly AzureJob[],
  choose?: ChooseFault,
): Promise<Evidence[]> {
  const { store } = azure;
  const before = store.faults;
  const runs = await Promise.all(jobs.map((job) => JobRun.prepare(azure, job)));
  store.fail(choose);
  try {
    await Promise.all(runs.map((run) => run.run()));
  } finally {
    store.fail();
    await Promise.all(runs.map((run) => run.stopLooking()));
  }
  return Promise.all(runs.map((run) => run.evidence(store.faults - before)));
}

/** One job from before its invocation to well after its end. */
class JobRun {
  private readonly name = `chaos-${randomUUID()}`;
  private readonly input: readonly InputFile[];
  private readonly watch: OutputWatch;
  private readonly firstWrite: number;
  private ended: Job | undefined;
  private jobFiles: Files = new Map();
  private cancelAsked = false;

  private constructor(
    private readonly azure: AzureHost,
    private readonly job: AzureJob,
  ) {
    this.input = keyedInput(this.name, job.files);
    this.watch = new OutputWatch(azure, this.outputPrefix);
    this.firstWrite = azure.store.journal.writes.length;
  }

  static async prepare(azure: AzureHost, job: AzureJob): Promise<JobRun> {
    const run = new JobRun(azure, job);
    await azure.store.upload(run.input.map(({ name, keys: [key = ''] }) => [`${run.name}/${name}`, key]));
    return run;
  }

  async run(): Promise<void> {
    const { azure, job, name } = this;
    await azure.invoke({
      name,
      dataset: { dataInputType: 'DataUrl', path: `azureml://datastores/mine/paths/${name}` },
      errorThreshold: this.threshold,
      ...(job.pause === undefined ? {} : { environmentVariables: { PAUSE: String(job.pause) } }),
    });
    if (job.cancelAfter !== undefined) {
      await pause(job.cancelAfter);
      this.cancelAsked = await azure.cancel(name);
    }
    this.ended = await azure.ended(name, patience);
    this.jobFiles = await this.readJobFiles();
    await azure.quiet(name);
  }

  async stopLooking(): Promise<void> {
    await this.watch.stop();
  }

  /** What is known in the end; `repeats` are faults that may have repeated a delivery. */
  async evidence(repeats: number): Promise<Evidence> {
    const { azure, input, name, ended } = this;
    const { store } = azure;
    const isOver = ended !== undefined && isEnded(ended.run.state);
    return {
      job: { name, key: jobKey(name) },
      limits: { miniBatchSize, tries: keyedTries, threshold: this.threshold },
      input,
      mustFail: mustFail(input, miniBatchSize),
      bareLoop: keyedLoop(input),
      keysOf,
      output: {
        store: store.containerUrl(outputContainer),
        prefix: this.outputPrefix,
        file: 'predictions.csv',
      },
      journal: store.journal.writes.slice(this.firstWrite),
      sightings: await this.watch.stop(),
      outputFiles: await store.read(outputContainer, this.outputPrefix),
      answered: await azure.answered(name),
      jobFiles: this.jobFiles,
      jobFilesLater: await this.readJobFiles(),
      tries: triesOf(azure.triesFile, name, input),
      repeats,
      cancelAsked: this.cancelAsked,
      excused: [],
      ...(isOver ? {} : { stuck: JSON.stringify(ended?.run ?? 'there is no record of it') }),
    };
  }

  private get outputPrefix(): string {
    return `azureml/${this.name}/score/`;
  }

  private get threshold(): number {
    return this.job.threshold ?? -1;
  }

  private readJobFiles(): Promise<Files> {
    return this.azure.store.read(productContainer, `${jobPrefix(jobKey(this.name))}files/`);
  }
}

/** Looks at the folder of an output again and again. */
class OutputWatch {
  private readonly sightings: Sighting[] = [];
  private readonly looking: Promise<void>;
  private stopped = false;

  constructor(azure: AzureHost, prefix: string) {
    this.looking = this.look(azure, prefix);
  }

  async stop(): Promise<readonly Sighting[]> {
    this.stopped = true;
    await this.looking;
    return this.sightings;
  }

  private async look({ store }: AzureHost, prefix: string): Promise<void> {
    while (!this.stopped) {
      const at = journalTime();
      for (const seen of await store.list(outputContainer, prefix)) this.sightings.push({ at, ...seen });
      await pause(lookEvery);
    }
  }
}
