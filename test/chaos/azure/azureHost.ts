import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ProductHost, type ShownJob } from '../../../bench/product/productHost';
import { isEnded } from '../../../shared/domain/jobState';
import { jobKey } from '../../../shared/jobs/jobKeys';
import { JobStore, type Job } from '../../../shared/jobs/jobStore';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';
import type { Answered } from '../checker/evidence';
import { FaultyStore, type FaultyWay } from './faultyStore';
import type { JobPlace } from './observedJob';
import { keyedDeployment, keyedScript } from './keyedScorer';

/** The compiled app on a host that knows its storage account only through what fails. */
export class AzureHost implements JobPlace {
  private constructor(
    readonly store: FaultyStore,
    readonly way: FaultyWay,
    readonly host: ProductHost,
    private readonly stores: Stores,
  ) {}

  /** Starts all of it; `root` is the folder of the compiled project. */
  static async start(settings: NodeJS.ProcessEnv = {}): Promise<AzureHost> {
    const store = await FaultyStore.start();
    const way = await store.way();
    const stores = await openStores({ kind: 'azure', connectionString: store.directConnection });
    const host = new ProductHost({ ...azureSettings(way), ...settings });
    await host.start();
    await host.ask('PUT', '/datastores/mine', { properties: store.datastore });
    const made = new AzureHost(store, way, host, stores);
    await host.endpoint('keyed', keyedScript, keyedDeployment(made.triesFile), 'score.js');
    return made;
  }

  /** Where the script notes each `run()`. */
  get triesFile(): string {
    return join(this.host.folder, 'tries.jsonl');
  }

  /** Invokes the endpoint as a client does that wants one job: again with the same id, until it has an answer. */
  async invoke(properties: object, id: string): Promise<ShownJob> {
    const headers = { 'Repeatability-Request-ID': id };
    for (let tries = 1; ; tries++) {
      const reply = await this.host
        .request('POST', '/batchEndpoints/keyed/jobs', { properties }, headers)
        .catch((error: unknown) => ({ status: 599, body: String(error) }));
      if (reply.status < 300) return reply.body as ShownJob;
      if (reply.status < 500 || tries === 30)
        throw new Error(`The invocation was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
      await pause(200);
    }
  }

  /** Asks to cancel a job until there is an answer; says whether it was taken. */
  async cancel(name: string): Promise<boolean> {
    for (;;) {
      const reply = await this.host
        .request('POST', `/jobs/${name}/cancel`)
        .catch((error: unknown) => ({ status: 599, body: String(error) }));
      if (reply.status < 300) return true;
      if (reply.status < 500) return false;
      await pause(200);
    }
  }

  /** The record of a job, past what fails. */
  job(name: string): Promise<Job | undefined> {
    return new JobStore(this.stores.tables, () => new Date()).find(name);
  }

  /** Waits for the end of a job; answers it as it is then, or as it is after `seconds` without an end. */
  async ended(name: string, seconds: number): Promise<Job | undefined> {
    const deadline = performance.now() + seconds * 1_000;
    for (;;) {
      const job = await this.job(name);
      if (job !== undefined && isEnded(job.run.state)) return job;
      if (performance.now() > deadline) return job;
      await pause(25);
    }
  }

  /** Waits until nobody works on a job any more: it is at its end, is no active job, and the store is left alone. */
  async quiet(name: string, seconds = 30): Promise<void> {
    const deadline = performance.now() + seconds * 1_000;
    while (performance.now() < deadline) {
      const active = await this.stores.tables.get('jobs-active', jobKey(name));
      if (active === undefined && performance.now() - this.way.lastRequest > 200) return;
      await pause(25);
    }
  }

  /** A job as the API shows it. */
  async answered(name: string): Promise<Answered> {
    const { properties } = await this.host.job(name);
    return properties;
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.stores.close();
    await this.store.stop();
  }
}

/** What an app is told that keeps its data in this account, and loses its patience soon. */
export function azureSettings(way: FaultyWay): NodeJS.ProcessEnv {
  return {
    ...way.settings,
    BATCHPOINT_STORAGE: 'azure',
    AzureWebJobsStorage: way.connectionString,
    BATCHPOINT_CLAIM_SECONDS: '0.05',
    BATCHPOINT_MAX_PARALLELISM: '2',
    NODE_OPTIONS: `--require ${compiled('shortPatience.js')}`,
  };
}

/** A compiled file of this folder, whether this one is compiled or not. */
function compiled(file: string): string {
  const folder = __dirname.includes(join('dist', 'test'))
    ? __dirname
    : join(__dirname, '../../../dist/test/chaos/azure');
  return join(folder, file);
}
