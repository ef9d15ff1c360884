import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jobKey, jobPrefix } from '../../../shared/jobs/jobKeys';
import { productContainer } from '../../../shared/stores/stores';
import type { Answered, Evidence, Files, InputFile, Sighting } from '../checker/evidence';
import { journalTime } from '../checker/journal';
import { outputContainer, type FaultyStore } from './faultyStore';
import { keyedInput, keyedLoop, keysOf, keyedTries, miniBatchSize, mustFail, triesOf } from './keyedScorer';

/** Where jobs run whose scorer is the keyed one. */
export interface JobPlace {
  readonly store: FaultyStore;
  /** Where the script notes each `run()`. */
  readonly triesFile: string;
  /** A job as the API shows it. */
  answered(name: string): Promise<Answered>;
}

/** What became of a job that was run. */
export interface JobEnd {
  /** Faults that may have repeated a delivery. */
  readonly repeats: number;
  readonly cancelAsked?: boolean;
  /** What a job was at that has come to no end. */
  readonly stuck?: string;
}

/** How often the output is looked at, in milliseconds. */
const lookEvery = 50;

/** A job with its input in the datastore, and all that is known of it from outside the engine. */
export class ObservedJob {
  readonly name = `chaos-${randomUUID()}`;
  private readonly input: readonly InputFile[];
  private readonly watch: OutputWatch;
  private readonly firstWrite: number;
  private jobFiles: Files = new Map();

  private constructor(
    private readonly place: JobPlace,
    files: number,
    private readonly threshold: number,
  ) {
    this.input = keyedInput(this.name, files);
    this.watch = new OutputWatch(place.store, this.outputPrefix);
    this.firstWrite = place.store.journal.writes.length;
  }

  /** A job over so many files, of which so many may fail; -1 ignores all failures. */
  static async prepare(
    place: JobPlace,
    { files, threshold = -1 }: { readonly files: number; readonly threshold?: number },
  ): Promise<ObservedJob> {
    const job = new ObservedJob(place, files, threshold);
    await place.store.upload(job.input.map(({ name, keys: [key = ''] }) => [`${job.name}/${name}`, key]));
    return job;
  }

  get key(): string {
    return jobKey(this.name);
  }

  /** What is asked for when the job is made. */
  get properties(): Record<string, unknown> {
    const path = `azureml://datastores/mine/paths/${this.name}`;
    return {
      name: this.name,
      dataset: { dataInputType: 'DataUrl', path },
      errorThreshold: this.threshold,
    };
  }

  /** Reads what can be read of the job as soon as its end is known. */
  async noteEnd(): Promise<void> {
    this.jobFiles = await this.readJobFiles();
  }

  async stopLooking(): Promise<void> {
    await this.watch.stop();
  }

  /** What is known well after the end. */
  async evidence({ repeats, cancelAsked = false, stuck }: JobEnd): Promise<Evidence> {
    const { name, key, input, threshold } = this;
    const { store, triesFile } = this.place;
    return {
      job: { name, key },
      limits: { miniBatchSize, tries: keyedTries, threshold },
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
      answered: await this.place.answered(name),
      jobFiles: this.jobFiles,
      jobFilesLater: await this.readJobFiles(),
      tries: triesOf(triesFile, name, input),
      repeats,
      cancelAsked,
      excused: [],
      ...(stuck === undefined ? {} : { stuck }),
    };
  }

  private get outputPrefix(): string {
    return `azureml/${this.name}/score/`;
  }

  private readJobFiles(): Promise<Files> {
    return this.place.store.read(productContainer, `${jobPrefix(this.key)}files/`);
  }
}

/** Looks at the folder of an output again and again. */
class OutputWatch {
  private readonly sightings: Sighting[] = [];
  private readonly looking: Promise<void>;
  private stopped = false;

  constructor(store: FaultyStore, prefix: string) {
    this.looking = this.look(store, prefix);
  }

  /** Ends, after a look that has begun since. */
  async stop(): Promise<readonly Sighting[]> {
    this.stopped = true;
    await this.looking;
    return this.sightings;
  }

  private async look(store: FaultyStore, prefix: string): Promise<void> {
    for (let isLast = false; !isLast;) {
      isLast = this.stopped;
      const from = journalTime();
      const found = await store.list(outputContainer, prefix);
      const at = journalTime();
      for (const seen of found) this.sightings.push({ from, at, ...seen });
      if (!isLast) await pause(lookEvery);
    }
  }
}
