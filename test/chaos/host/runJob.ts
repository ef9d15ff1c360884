import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { ShownJob } from '../../../bench/product/productHost';
import { jobKey } from '../../../shared/jobs/jobKeys';
import type { Evidence, Files, TryLine } from '../checker/evidence';
import { bareLoopOf, keysOf, outputNames } from '../jobs/bareLoop';
import { contentOf, mustFail, type PlannedJob } from '../jobs/plannedJob';
import type { ChaosHost } from './chaosHost';
import { filesIn, OutputWatch } from './outputWatch';
import { dumpJob } from './stuckJob';
import type { Write } from '../checker/journal';

/** What is done to a job while it runs. */
export interface Faults {
  /** Milliseconds after the invocation at which the host is killed from outside. */
  readonly killsAfter?: readonly number[];
  /** By what it is killed then; `SIGKILL` where nothing is said. */
  readonly signal?: NodeJS.Signals;
  /** Milliseconds after the invocation at which somebody cancels the job. */
  readonly cancelAfter?: number;
  /** Anything else; it is over when the promise is kept, at the latest soon after the signal. */
  readonly others?: (job: RunningJob) => Promise<void>;
}

/** A job as others may act on it. */
export interface RunningJob {
  readonly key: string;
  /** Raised when the job is at its end. */
  readonly ended: AbortSignal;
  tries(): readonly TryLine[];
}

/** A job that has come to its end, and all that is known of it. */
export interface FinishedJob {
  readonly name: string;
  readonly evidence: Evidence;
  /** Kills of the host that happened. */
  readonly kills: number;
}

const askEvery = 8;
/** A journal that stands still for so long, in milliseconds, has come to its end. */
const quietFor = 60;
/** The same where a host may still have to find out what it is to do: it was just started, or has not tidied up. */
const quietForLong = 400;
/** Milliseconds without progress, after which a job counts as stuck. */
const patience = 45_000;

/** One job on a host, from its invocation to well after its end, with somebody who starts the host again. */
export class ChaosJob {
  readonly name: string;
  readonly key: string;
  private readonly folder: string;
  private readonly notes: string;
  private readonly output: string;
  private readonly ended = new AbortController();
  /** Where in the journal of the host this job begins. */
  private readonly journalFrom: number;
  /** Kills of the host before this job. */
  private readonly killsBefore: number;
  /** Kills of the host until the end of the job was known. */
  private killsAtEnd = 0;
  private cancelAsked = false;
  private stuck: string | undefined;
  private progress = { size: -1, at: performance.now() };

  constructor(
    private readonly host: ChaosHost,
    private readonly plan: PlannedJob,
    /** The job that this one resumes. */
    private readonly resumed?: {
      readonly job: string;
      readonly input: string;
      readonly tries: readonly TryLine[];
    },
  ) {
    this.name = host.nextName();
    this.key = jobKey(this.name);
    this.folder = join(host.product.folder, 'runs', this.name);
    this.notes = join(this.folder, 'tries.jsonl');
    this.output = join(this.folder, 'output');
    mkdirSync(this.folder, { recursive: true });
    this.journalFrom = host.journalSize();
    this.killsBefore = host.kills;
  }

  private get kills(): number {
    return this.host.kills - this.killsBefore;
  }

  get input(): string {
    return this.resumed?.input ?? join(this.folder, 'input');
  }

  async run(faults: Faults): Promise<FinishedJob> {
    this.writeInput();
    const watch = new OutputWatch(this.output);
    const timers = (faults.killsAfter ?? []).map((after) =>
      setTimeout(() => this.host.kill(faults.signal), after),
    );
    if (faults.cancelAfter !== undefined)
      timers.push(setTimeout(() => void this.cancel(), faults.cancelAfter));
    const others = faults.others?.({ key: this.key, ended: this.ended.signal, tries: () => this.tries() });
    try {
      const end = await this.untilEnded();
      this.killsAtEnd = this.host.kills;
      this.ended.abort();
      timers.forEach(clearTimeout);
      await others;
      const jobFiles = this.readable(end);
      await this.untilQuiet();
      watch.close();
      const later = this.stuck === undefined ? await this.host.product.job(this.name) : end;
      const evidence = this.evidence(watch, later, jobFiles);
      return { name: this.name, evidence, kills: this.kills };
    } finally {
      this.ended.abort();
      timers.forEach(clearTimeout);
      watch.close();
    }
  }

  private writeInput(): void {
    if (this.resumed !== undefined) return;
    for (const file of this.plan.files) {
      const path = join(this.input, file.name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contentOf(file));
    }
  }

  /** Invokes, and asks until the job is at its end; starts the host again whenever it was killed. */
  private async untilEnded(): Promise<ShownJob> {
    let shown: ShownJob | undefined;
    let invoked = false;
    while (!isOver(shown)) {
      await this.host.revive();
      try {
        if (!invoked) await this.invoke();
        invoked = true;
        shown = await this.host.product.job(this.name);
      } catch (error) {
        // A host that has just been killed does not answer; whatever a living one refuses is a fault of the harness.
        if (!isGone(error)) throw error;
      }
      if (this.lostPatience()) {
        this.stuck = dumpJob(this.host.product, this.key, this.journal());
        return shown ?? neverShown(this.name);
      }
      await pause(askEvery);
    }
    return shown ?? neverShown(this.name);
  }

  private async invoke(): Promise<void> {
    const { language, endpoint, limits, form, hasRows, writesFiles, instances } = this.plan;
    const rest =
      this.resumed === undefined
        ? {
            dataset: { dataInputType: 'DataUrl', path: pathToFileURL(this.input).href },
            miniBatchSize: limits.miniBatchSize,
            outputAction: hasRows ? 'AppendRow' : 'SummaryOnly',
            ...(form === 'lines'
              ? {}
              : { outputOptions: { format: form, ...(form === 'csv' ? { header: true } : {}) } }),
          }
        : { rerun: { job: this.resumed.job, mode: 'resume' } };
    const mode = [...(writesFiles ? ['files'] : []), ...(form === 'lines' ? [] : ['columns'])].join(',');
    const properties = {
      name: this.name,
      compute: { instanceCount: instances },
      errorThreshold: limits.threshold,
      retrySettings: { maxRetries: limits.tries, timeout: 'PT30S' },
      outputDataset: { path: pathToFileURL(this.output).href },
      environmentVariables: { CHAOS_TRIES: this.notes, CHAOS_MODE: mode },
      ...rest,
    };
    // The same id never makes a second job: who got no answer may ask again.
    const headers = { 'Repeatability-Request-ID': this.name };
    await this.host.product.ask(
      'POST',
      `/batchEndpoints/${endpoint ?? language}/jobs`,
      { properties },
      headers,
    );
  }

  /** Asks until the job is there, and a host answers. */
  private async cancel(): Promise<void> {
    while (!this.ended.signal.aborted) {
      try {
        this.cancelAsked = true;
        const { status } = await this.host.product.request('POST', `/jobs/${this.name}/cancel`);
        if (status === 202 || status === 409) return;
      } catch {
        // The host was killed: the one that is started after it is asked.
      }
      await pause(askEvery);
    }
  }

  /** Waits until nothing is written any more: the job is no active one, and whoever was started late has looked at it. */
  private async untilQuiet(): Promise<void> {
    let [size, since, enough] = [-1, performance.now(), quietFor];
    while (this.stuck === undefined && performance.now() - since < enough) {
      const kills = this.kills;
      await this.host.revive();
      const now = this.host.journalSize();
      if (now !== size || this.kills !== kills) {
        [size, since] = [now, performance.now()];
        enough = this.host.kills === this.killsAtEnd && this.isTidied() ? quietFor : quietForLong;
      }
      await pause(askEvery);
    }
  }

  /** Whether the job has been taken out of the active ones. */
  private isTidied(): boolean {
    return this.journal().some(
      ({ name, changes = [], ended }) =>
        name === 'jobs-active' &&
        ended !== undefined &&
        changes.some(({ kind, row }) => kind === 'remove' && row === this.key),
    );
  }

  private journal(): Write[] {
    return this.host.journal(this.journalFrom);
  }

  private lostPatience(): boolean {
    const size = this.host.journalSize() + (statSync(this.notes, { throwIfNoEntry: false })?.size ?? 0);
    if (size !== this.progress.size) this.progress = { size, at: performance.now() };
    return performance.now() - this.progress.at > patience;
  }

  /** The readable files of the job, and with them how the API shows it. */
  private readable({ properties }: ShownJob): Files {
    const files = filesIn(this.host.jobFolder(this.key));
    // Links to the page of a job lead to the host that answers.
    const shown = JSON.stringify(properties).replaceAll(/http:\/\/127[^"]*/g, '');
    return new Map(files).set('the answer of the API', Buffer.from(shown));
  }

  private tries(): TryLine[] {
    if (!existsSync(this.notes)) return [];
    const names = new Map(this.plan.files.map(({ name }) => [basename(name), name]));
    return readFileSync(this.notes, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as TryLine)
      .map((line) => ({ ...line, first: names.get(line.first) ?? line.first }));
  }

  private evidence(watch: OutputWatch, shown: ShownJob, jobFiles: Files): Evidence {
    const { plan } = this;
    const { files, limits, form } = plan;
    return {
      job: { name: this.name, key: this.key },
      limits,
      input: files,
      mustFail: mustFail(files, limits.miniBatchSize),
      bareLoop: bareLoopOf(plan),
      keysOf,
      output: { store: pathToFileURL(this.output).href, prefix: '', file: outputNames[form] },
      journal: this.journal(),
      sightings: watch.sightings,
      outputFiles: filesIn(this.output),
      answered: shown.properties,
      jobFiles,
      jobFilesLater: this.readable(shown),
      tries: this.tries(),
      earlierTries: this.resumed?.tries ?? [],
      repeats: this.kills,
      cancelAsked: this.cancelAsked,
      excused: [],
      ...(this.stuck === undefined ? {} : { stuck: this.stuck }),
    };
  }
}

function isOver(job: ShownJob | undefined): job is ShownJob {
  return job !== undefined && ['Completed', 'Failed', 'Canceled'].includes(job.properties.status);
}

/** Whether a request came to nobody, its answer was cut off, or a host that is about to end did not take it. */
export function isGone(error: unknown): boolean {
  const { name, code, message = '' } = error as { name?: string; code?: string; message?: string };
  // What `fetch` throws for a connection that fails; and a host that has never served has not said where it is.
  return name === 'TypeError' || code === 'ENOENT' || message.includes('HostNotReady');
}

function neverShown(name: string): ShownJob {
  const interactionEndpoints = { Studio: { endpoint: '' } };
  return { name, properties: { status: 'unknown', progress: {}, times: {}, interactionEndpoints } };
}
