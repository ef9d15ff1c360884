import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openServices, type Services } from '../../functions/services';
import { isEnded } from '../../shared/domain/jobState';
import { invoke, type Invocation } from '../../shared/invocation/invoke';
import type { Job } from '../../shared/jobs/jobStore';
import { recoverJobs, type Orchestrations } from '../../shared/jobs/recoverJobs';
import { retireJob } from '../../shared/jobs/retireJob';
import { finishJob, type FinishContext } from '../../shared/outputs/finishJob';
import { revertLate } from '../../shared/outputs/revert';
import { planJob } from '../../shared/planning/planJob';
import { checkedDeployment } from '../../shared/registry/deploymentChecks';
import type { BatchJobResource } from '../../shared/schemas/rest/generated';
import { restBodies } from '../../shared/schemas/restBodies';
import { prepareScorer } from '../../shared/scoring/prepareScorer';
import { scoreNext } from '../../shared/scoring/scoreNext';

/** The settings of a deployment, as in the body of a request. */
export type DeploymentBody = Partial<{
  code: string;
  script: string;
  modelPath: string;
  settings: object;
}>;

/** A workspace on real local stores in a temporary folder, with real scoring processes, and no host. */
export class Workspace {
  private constructor(
    readonly folder: string,
    readonly services: Services,
  ) {}

  static async open(environment: NodeJS.ProcessEnv = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-test-'));
    return Workspace.reopen(folder, environment);
  }

  /** Opens a second workspace over the same state, as a host that starts again does. */
  static async reopen(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<Workspace> {
    const services = await openServices({
      PATH: process.env['PATH'],
      BATCHPOINT_STATE: join(folder, 'state'),
      BATCHPOINT_SCRATCH: join(folder, 'state', `scratch-${randomUUID()}`),
      BATCHPOINT_STORAGE: 'local',
      BATCHPOINT_LOCAL_FILES: 'true',
      BATCHPOINT_MAX_PARALLELISM: '4',
      AzureFunctionsJobHost__functionTimeout: '-1',
      ...environment,
    });
    return new Workspace(folder, services);
  }

  async close(): Promise<void> {
    await this.services.pool.close();
    await this.services.stores.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file below the workspace's folder and gives its path. */
  write(path: string, content: string | Buffer): string {
    const full = join(this.folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  /** Writes `count` input files that hold their own number, and gives their folder. */
  inputs(count: number, name = `in-${randomUUID()}`): string {
    for (let i = 0; i < count; i++) this.write(`${name}/f${String(i).padStart(6, '0')}.txt`, String(i));
    if (count === 0) mkdirSync(join(this.folder, name), { recursive: true });
    return join(this.folder, name);
  }

  /**
   * Makes an endpoint `name` with one deployment `main` that scores with this script, of this name; `more` are other files
   * of its code.
   */
  async endpoint(
    name: string,
    script: string,
    settings: object = {},
    file = 'score.py',
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { registry } = this.services;
    const id = randomUUID();
    for (const [path, content] of Object.entries({ ...more, [file]: script }))
      this.write(`code-${id}/${path}`, content);
    const model = this.write(`model-${id}/model.txt`, 'a model');
    // Tests leave jobs as they are, and these keep their places.
    await this.compute('cpu', 1000);
    await registry.models.register(
      id,
      '1',
      restBodies.modelVersion({ properties: { modelUri: uri(model) } }),
    );
    const codeUri = uri(join(this.folder, `code-${id}`));
    await registry.codes.register(id, '1', restBodies.codeVersion({ properties: { codeUri } }));
    const body = restBodies.batchDeployment({
      properties: {
        model: { referenceType: 'Id', assetId: `azureml:${id}:1` },
        codeConfiguration: { codeId: `azureml:${id}:1`, scoringScript: file },
        compute: 'azureml:cpu',
        miniBatchSize: 1,
        ...settings,
      },
    });
    const deployment = await checkedDeployment(registry, 'main', body, new Date().toISOString());
    await registry.deployments(name).put('main', deployment);
    const endpoint = { properties: { defaults: { deploymentName: 'main' } } };
    await registry.endpoints.register(name, restBodies.batchEndpoint(endpoint));
  }

  /** Makes a compute, or gives it another number of instances. */
  async compute(name: string, maxNodeCount: number): Promise<void> {
    const resource = { properties: { properties: { scaleSettings: { maxNodeCount } } } };
    await this.services.registry.computes.register(name, restBodies.compute(resource));
  }

  /** Makes a job, not started. */
  async invoke(
    endpoint: string,
    input: string,
    properties: object = {},
    more: Partial<Invocation> = {},
  ): Promise<Job> {
    const { localFiles, activitySeconds } = this.services.settings;
    const body: BatchJobResource = restBodies.job({
      properties: { dataset: { dataInputType: 'DataUrl', path: uri(input) }, ...properties },
    });
    const invocation: Invocation = { endpoint, body, caller: 'tester', ...more };
    return (await invoke({ ...this.services, localFiles, activitySeconds }, invocation)).job;
  }

  /** Makes a job that does another one again, not started. */
  async rerun(
    { spec }: Job,
    mode: 'all' | 'failedOnly' | 'resume',
    properties: object = {},
    more: Partial<Invocation> = {},
  ): Promise<Job> {
    const { localFiles, activitySeconds } = this.services.settings;
    const body = restBodies.job({ properties: { rerun: { job: spec.name, mode }, ...properties } });
    const invocation: Invocation = { endpoint: spec.endpoint, body, caller: 'tester', ...more };
    return (await invoke({ ...this.services, localFiles, activitySeconds }, invocation)).job;
  }

  /** The activities of the app, called by hand. */
  get activities(): {
    plan: (key: string) => ReturnType<typeof planJob>;
    prepare: (key: string, limit?: number) => Promise<void>;
    scoreNext: (key: string, lane: number, sequence: number, limit?: number) => ReturnType<typeof scoreNext>;
    finish: (key: string, instead?: Partial<FinishContext>) => ReturnType<typeof finishJob>;
  } {
    const { services } = this;
    const { blobs, tables } = services.stores;
    const { activitySeconds, parallelism } = services.settings;
    return {
      plan: (key) => planJob({ ...services, blobs, machineLimit: parallelism }, key),
      prepare: (key, limit = activitySeconds) =>
        prepareScorer({ ...services, tables, activitySeconds: limit }, key),
      scoreNext: (job, lane, sequence, limit = activitySeconds) =>
        scoreNext({ ...services, blobs, activitySeconds: limit }, { job, lane, sequence }),
      finish: (key, instead = {}) =>
        finishJob(
          {
            ...services,
            blobs,
            ended: async (job) => {
              services.scorings.forget(job);
              await services.pool.endJob(job);
              const { jobs } = services;
              await retireJob(services, { spec: await jobs.spec(job), run: (await jobs.run(job)).value });
            },
            ...instead,
          },
          key,
        ),
    };
  }

  /** Looks after all jobs, as a host does once a minute. What fails is thrown, unless it is asked for. */
  recover(
    orchestrations: Orchestrations,
    report = (_job: string, error: unknown): void => {
      throw error;
    },
    changes: { readonly now?: () => Date } = {},
  ): Promise<void> {
    const { services } = this;
    const takeBack = (job: Job): Promise<void> =>
      revertLate({ ...services, blobs: services.stores.blobs }, job);
    return recoverJobs({ ...services, takeBack, report, ...changes }, orchestrations);
  }

  /** Runs a job to its end as the orchestrations do: plan, lanes at once, finish. */
  async run(job: Job): Promise<Job> {
    const { key, name } = job.spec;
    const [{ lanes }] = await Promise.all([this.activities.plan(key), this.activities.prepare(key)]);
    await Promise.all(Array.from({ length: lanes }, (_, lane) => this.lane(key, lane)));
    for (let { open } = await this.activities.finish(key); open.length > 0;) {
      await Promise.all(open.map(({ lane, sequence }) => this.lane(key, lane, sequence)));
      ({ open } = await this.activities.finish(key));
    }
    const ended = await this.services.jobs.get(name);
    if (!isEnded(ended.run.state)) throw new Error(`The job is ${ended.run.state} after its end.`);
    return ended;
  }

  /**
   * Takes one claim of a lane after the other until none is left, each in an activity that may take `limit` seconds.
   * Answers the number of activities.
   */
  async lane(key: string, lane: number, from = 0, limit?: number): Promise<number> {
    let sequence = from;
    for (let count = 1; ; count++) {
      const { more, again } = await this.activities.scoreNext(key, lane, sequence, limit);
      if (!more) return count;
      if (again !== true) sequence++;
    }
  }

  /** The whole of a file of a job, as text. */
  async file(job: Job, name: string): Promise<string> {
    const { bytes } = await this.services.jobFiles.read(job, name);
    return Buffer.from(bytes).toString();
  }

  /** The predictions of a job that has completed. */
  predictions(job: Job): Promise<string> {
    return this.file(job, `named-outputs/score/${job.spec.output.fileName}`);
  }
}

function uri(path: string): string {
  return pathToFileURL(path).href;
}

/** A script that gives the content of each file as its row. */
export const echoScript = `
def run(mini_batch):
    return [open(path).read() for path in mini_batch]
`;
