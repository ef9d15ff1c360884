import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isEnded } from '../../../shared/domain/jobState';
import { jobKey, jobPrefix } from '../../../shared/jobs/jobKeys';
import { productContainer } from '../../../shared/stores/stores';
import type { Answered, Evidence, Sighting } from '../checker/evidence';
import { journalTime } from '../checker/journal';
import { miniBatchSize, type AzureHost } from './azureHost';
import { outputContainer, type ChooseFault } from './faultyStore';
import { keyedInput, keyedLoop, keysOf, keyedTries, mustFail, triesOf } from './keyedScorer';

/** A job to be run, and what happens to it meanwhile. */
export interface AzureJob {
  readonly files: number;
  /** What goes wrong from the invocation to the end of the job. */
  readonly choose?: ChooseFault;
  /** Failed files that are ignored; -1 ignores all. */
  readonly threshold?: number;
  /** Cancels the job after so many milliseconds. */
  readonly cancelAfter?: number;
  /** Seconds that the job may take before it counts as stuck. */
  readonly patience?: number;
}

/** How often the output is looked at, in milliseconds. */
const lookEvery = 50;

/** Runs a job while its store fails, and gathers all that is known of it from outside the engine. */
export async function runAzureJob(azure: AzureHost, job: AzureJob): Promise<Evidence> {
  const { store } = azure;
  const name = `chaos-${randomUUID()}`;
  const { files, threshold = -1, patience = 120 } = job;
  const input = keyedInput(name, files);
  const first = store.journal.writes.length;
  await store.upload(input.map((file) => [`${name}/${file.name}`, file.keys[0] ?? '']));
  const watch = new OutputWatch(azure, name);
  const before = store.faults;
  store.fail(job.choose);
  let cancelled = false;
  try {
    const path = `azureml://datastores/mine/paths/${name}`;
    await azure.invoke({ name, dataset: { dataInputType: 'DataUrl', path }, errorThreshold: threshold });
    if (job.cancelAfter !== undefined) {
      await pause(job.cancelAfter);
      cancelled = (await azure.cancel(name)) || cancelled;
    }
    const ended = await azure.ended(name, patience);
    const jobFiles = await store.read(productContainer, `${jobPrefix(jobKey(name))}files/`);
    await azure.quiet(name);
    store.fail();
    const key = jobKey(name);
    const isOver = ended !== undefined && isEnded(ended.run.state);
    return {
      job: { name, key },
      limits: { miniBatchSize, tries: keyedTries, threshold },
      input,
      mustFail: mustFail(input, miniBatchSize),
      bareLoop: keyedLoop(input),
      keysOf,
      output: {
        store: store.containerUrl(outputContainer),
        prefix: `azureml/${name}/score/`,
        file: 'predictions.csv',
      },
      journal: store.journal.writes.slice(first),
      sightings: await watch.stop(),
      outputFiles: await store.read(outputContainer, `azureml/${name}/score/`),
      answered: ((await azure.host.job(name)) as unknown as { properties: Answered }).properties,
      jobFiles,
      jobFilesLater: await store.read(productContainer, `${jobPrefix(key)}files/`),
      tries: triesOf(azure.triesFile, name, input),
      repeats: store.faults - before,
      excused: [],
      cancelAsked: cancelled,
      ...(isOver ? {} : { stuck: JSON.stringify(ended?.run ?? 'there is no record of it') }),
    };
  } finally {
    store.fail();
    await watch.stop();
  }
}

/** Looks at the folder of an output again and again. */
class OutputWatch {
  private readonly sightings: Sighting[] = [];
  private readonly looking: Promise<void>;
  private stopped = false;

  constructor(azure: AzureHost, job: string) {
    this.looking = this.look(azure, `azureml/${job}/score/`);
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
