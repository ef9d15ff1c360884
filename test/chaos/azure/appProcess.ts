import { join } from 'node:path';
import { FunctionsWorker } from '../../support/functionsWorker';
import { azureSettings } from './azureHost';
import type { FaultyStore, FaultyWay } from './faultyStore';

/** What a delivery comes to whose process is stopped or killed under it. */
export const lost = Symbol('lost');

/** One process of the app, as the Functions host has them, with a way of its own to the account. */
export class AppProcess {
  /** Activities that have not come to an end, whoever still waits for them. */
  private readonly open = new Set<Promise<unknown>>();
  private loss = new Loss();

  private constructor(
    private readonly worker: FunctionsWorker,
    readonly way: FaultyWay,
  ) {}

  /** Starts one whose files lie below `folder`, of the same machine as all others there. */
  static async start(store: FaultyStore, folder: string): Promise<AppProcess> {
    const way = await store.way();
    const worker = await FunctionsWorker.start({
      ...azureSettings(way),
      BATCHPOINT_SCRATCH: join(folder, 'scratch'),
      BATCHPOINT_STATE: join(folder, 'state'),
      BATCHPOINT_LOCAL_FILES: 'true',
      AzureFunctionsJobHost__functionTimeout: '-1',
    });
    return new AppProcess(worker, way);
  }

  /** Delivers an activity: its answer, or that it is lost here. */
  deliver(name: string, input: object): Promise<unknown> {
    const activity = this.worker.activity(name, input);
    const ended = activity.catch(() => undefined).finally(() => this.open.delete(ended));
    this.open.add(ended);
    return Promise.race([activity, this.loss.happened]);
  }

  /** Stops it where it is; whoever waits for it is told that its delivery is lost. */
  suspend(): void {
    this.worker.suspend();
    this.loss.happen();
  }

  /** Lets it go on, and waits until all that it was at has come to an end. */
  async resume(): Promise<void> {
    this.worker.resume();
    await Promise.all(this.open);
    this.loss = new Loss();
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    this.loss.happen();
    await this.worker.kill();
  }
}

/** That a process is stopped or killed. */
class Loss {
  happen: () => void = () => undefined;
  readonly happened = new Promise<typeof lost>((resolve) => {
    this.happen = () => resolve(lost);
  });
}
