import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GpuDevices } from './gpuDevices';
import type { ProcessRecords } from './processRecords';
import { nodeName, type Scorer } from './scorer';
import type { ScoringWorkers } from './scoringWorker';
import type { InstallProgress, VirtualEnvironments } from './virtualEnvironments';
import { Worker, type Echo } from './worker';
import { scriptEnvironment } from './workerEnvironment';
import type { WorkerFolders } from './workerFolders';
import { nodeProgram, pythonProgram, type WorkerProgram } from './workerProgram';

/** What a pool is made with. */
export interface PoolSettings {
  /** Processes that may be there at once. */
  readonly size: number;
  /** Seconds that `init()` may take, where its deployment sets no limit. */
  readonly initSeconds: number;
  /** Mebibytes of memory that a process may hold with all that it starts, where its deployment sets no limit. */
  readonly memory?: number | undefined;
  /** Seconds after which a process that nobody needs is let go. */
  readonly idleSeconds: number;
  /** Who sees at once what the processes print; they tell their errors whole then. */
  readonly echo?: Echo;
}

/** How a worker is acquired. */
export interface AcquireOptions {
  /** Told how the making of an environment goes on. */
  readonly progress?: InstallProgress;
  /** Raised when it is of no more use to wait for room. What has begun to start by then still does. */
  readonly patience?: AbortSignal;
}

/** A place in the pool: a process, who may use it, and where it writes. */
interface Place {
  readonly worker: Worker;
  readonly scorer: string;
  readonly folder: string;
  /** What runs it, such as the interpreter of an environment. */
  readonly command: string;
  readonly index: number;
  /** The only job that may use it, once its script has written files of its own. */
  job: string | undefined;
  busy: boolean;
  idleSince: number;
}

/** Scoring processes, kept warm between claims and between jobs of the same deployment. */
export class WorkerPool implements ScoringWorkers {
  private readonly places = new Set<Place>();
  private readonly waiting: (() => void)[] = [];
  private starting = 0;
  private readonly indexes = new Set<number>();
  private sweeper: NodeJS.Timeout | undefined;
  private readonly gpus = new GpuDevices(process.env);

  constructor(
    private readonly environments: VirtualEnvironments,
    private readonly folders: WorkerFolders,
    private readonly processes: ProcessRecords,
    private readonly settings: PoolSettings,
  ) {}

  /**
   * A ready worker for a scorer, for one job: a warm one, or a new one once there is room. `undefined` when the
   * signal is raised first, or patience ends before there is room. Fails as `Worker.start` and the making of environments do.
   */
  async acquire(
    scorer: Scorer,
    job: string,
    signal: AbortSignal,
    { progress = () => undefined, patience }: AcquireOptions = {},
  ): Promise<Worker | undefined> {
    const program = await Promise.race([this.program(scorer, progress), aborted(signal)]);
    while (!signal.aborted && program !== undefined) {
      const warm = this.findWarm(scorer.key, job);
      if (warm !== undefined) {
        warm.busy = true;
        return warm.worker;
      }
      if (this.hasRoom()) return this.start(scorer, job, program, signal);
      if (patience?.aborted === true) return undefined;
      await this.untilFreed(patience === undefined ? signal : AbortSignal.any([signal, patience]));
    }
    return undefined;
  }

  /** Gives a worker back; one that is dead, or not to be used again, is removed. */
  async release(worker: Worker, job: string): Promise<void> {
    const place = this.placeOf(worker);
    if (place === undefined) return;
    const wrote = await readdir(join(place.folder, 'output')).catch(() => []);
    if (wrote.length > 0) place.job = job;
    if (!worker.alive) this.remove(place);
    place.busy = false;
    place.idleSince = performance.now();
    this.wakeOne();
    this.sweeper ??= setInterval(() => void this.retireIdle(this.settings.idleSeconds), 10_000).unref();
  }

  /** Ends a worker at once and frees its place. */
  async discard(worker: Worker): Promise<void> {
    const place = this.placeOf(worker);
    await worker.kill();
    if (place !== undefined) this.remove(place);
  }

  /** Lets go the workers that only this job may use. */
  async endJob(job: string): Promise<void> {
    const bound = [...this.places].filter((place) => place.job === job && !place.busy);
    await Promise.all(bound.map((place) => this.retire(place)));
  }

  /** Lets go the workers that nobody has needed for so many seconds. */
  async retireIdle(seconds: number): Promise<void> {
    const limit = performance.now() - seconds * 1000;
    const idle = [...this.places].filter((place) => !place.busy && place.idleSince <= limit);
    await Promise.all(idle.map((place) => this.retire(place)));
  }

  /** Whether a worker runs by something in a folder, or one is about to start. */
  runsIn(folder: string): boolean {
    if (this.starting > 0 || this.waiting.length > 0) return true;
    return [...this.places].some(({ command }) => command.startsWith(`${folder}/`));
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.places].map((place) => this.discard(place.worker)));
  }

  /** What runs the workers of a scorer; an environment is made only for those in Python. */
  private async program(scorer: Scorer, progress: InstallProgress): Promise<WorkerProgram> {
    if (scorer.runtime === 'node') return nodeProgram();
    return pythonProgram(await this.environments.python(scorer.requirements, progress));
  }

  private async start(
    scorer: Scorer,
    job: string,
    program: WorkerProgram,
    signal: AbortSignal,
  ): Promise<Worker | undefined> {
    this.starting++;
    const index = this.takeIndex();
    let folder: string | undefined;
    let worker: Worker | undefined;
    const { echo } = this.settings;
    const { memory, initSeconds } = { ...this.settings, ...scorer.limits };
    try {
      folder = await this.folders.make();
      const output = join(folder, 'output');
      const start = {
        program,
        setup: { ...scorer.setup, host: process.pid, output, ...(echo && { whole_errors: true }) },
        variables: await this.variablesOf(scorer, index, output),
        initSeconds,
        name: `${nodeName}/process${String(index).padStart(3, '0')}`,
        ...(echo && { echo }),
        ...(memory !== undefined && { memory }),
      };
      worker = await Worker.start(start, (pid) => this.processes.add(pid), signal);
      if (worker === undefined) return undefined;
      const bound = (await readdir(output)).length > 0 ? job : undefined;
      const { command } = program;
      this.places.add({
        worker,
        scorer: scorer.key,
        folder,
        command,
        index,
        job: bound,
        busy: true,
        idleSince: 0,
      });
      return worker;
    } finally {
      this.starting--;
      if (worker === undefined) {
        if (folder !== undefined) this.folders.remove(folder);
        this.indexes.delete(index);
        this.wakeOne();
      }
    }
  }

  private async variablesOf(scorer: Scorer, index: number, output: string): Promise<Record<string, string>> {
    const shown = { ...scriptEnvironment(process.env), ...(await this.gpus.of(index)) };
    return { ...shown, ...scorer.variables, AZUREML_BI_OUTPUT_PATH: output };
  }

  /** A free worker of the scorer: rather one that is bound to the job than one that others could use. */
  private findWarm(scorer: string, job: string): Place | undefined {
    const fit = [...this.places].filter(
      (place) => !place.busy && place.worker.alive && place.scorer === scorer,
    );
    return fit.find((place) => place.job === job) ?? fit.find((place) => place.job === undefined);
  }

  /** Whether one more process may start; a free one of another kind makes room for it. */
  private hasRoom(): boolean {
    if (this.places.size + this.starting < this.settings.size) return true;
    const free = [...this.places].filter((place) => !place.busy).sort((a, b) => a.idleSince - b.idleSince);
    const [oldest] = free;
    if (oldest === undefined) return false;
    oldest.busy = true;
    void this.retire(oldest);
    this.places.delete(oldest);
    return true;
  }

  private untilFreed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        const at = this.waiting.indexOf(done);
        if (at >= 0) this.waiting.splice(at, 1);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.waiting.push(done);
    });
  }

  private wakeOne(): void {
    this.waiting[0]?.();
  }

  private async retire(place: Place): Promise<void> {
    place.busy = true;
    await place.worker.retire();
    this.remove(place);
  }

  private remove(place: Place): void {
    this.places.delete(place);
    this.indexes.delete(place.index);
    this.processes.remove(place.worker.pid);
    this.folders.remove(place.folder);
    this.wakeOne();
  }

  private placeOf(worker: Worker): Place | undefined {
    return [...this.places].find((place) => place.worker === worker);
  }

  private takeIndex(): number {
    let index = 0;
    while (this.indexes.has(index)) index++;
    this.indexes.add(index);
    return index;
  }
}

/** Resolves to nothing when a signal is raised. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
