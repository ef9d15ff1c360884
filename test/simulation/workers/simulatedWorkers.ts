import type { Scorer } from '../../../shared/scoring/scorer';
import type { ScoringWorker, ScoringWorkers } from '../../../shared/scoring/scoringWorker';
import type { AcquireOptions } from '../../../shared/scoring/workerPool';
import { latency } from '../realm/random';
import type { Realm } from '../realm/realm';
import type { Process } from '../realm/scheduler';
import type { PlaceCount } from '../placeCount';
import type { RunNote, Script } from './script';
import { SimulatedWorker } from './simulatedWorker';

/** The scoring processes of one host: so many at once, kept warm between claims. */
export class SimulatedWorkers implements ScoringWorkers {
  private readonly waiting = new Set<() => void>();
  private busy = 0;
  private started = 0;

  constructor(
    private readonly realm: Realm,
    private readonly process: Process,
    private readonly size: number,
    private readonly scripts: (job: string) => Script,
    private readonly note: (job: string, run: RunNote) => void,
    private readonly places: PlaceCount,
  ) {}

  async acquire(
    _scorer: Scorer,
    job: string,
    signal: AbortSignal,
    { patience }: AcquireOptions = {},
  ): Promise<ScoringWorker | undefined> {
    const { scheduler } = this.realm;
    while (this.busy >= this.size) {
      if (signal.aborted || patience?.aborted === true) return undefined;
      await this.untilFreed(patience === undefined ? signal : AbortSignal.any([signal, patience]));
    }
    this.busy++;
    // A process is started for one job: its script is that of the job.
    const name = `${this.process.name}/process${String(this.started++).padStart(3, '0')}`;
    await scheduler.pause(latency(scheduler.random, 20), `${name} starts`);
    if (signal.aborted) {
      this.free();
      return undefined;
    }
    return new SimulatedWorker(
      this.realm,
      this.process,
      name,
      this.scripts(job),
      (run) => this.note(job, run),
      this.places,
    );
  }

  release(worker: SimulatedWorker): Promise<void> {
    return this.discard(worker);
  }

  discard(worker: SimulatedWorker): Promise<void> {
    worker.kill();
    this.free();
    return Promise.resolve();
  }

  private free(): void {
    this.busy--;
    for (const wake of this.waiting) wake();
  }

  private untilFreed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.waiting.add(done);
    });
  }
}
