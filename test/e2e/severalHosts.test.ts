import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { until } from '../../bench/product/until';
import type { FinishAnswer, PlanAnswer, ScoreNextAnswer } from '../../shared/domain/scoreJobMessages';
import type { Job } from '../../shared/jobs/jobStore';
import { startAzurite, type Azurite } from '../support/azurite';
import { FunctionsWorker } from '../support/functionsWorker';
import { removeFolders } from '../support/hostApp';
import { mostAtOnce, runTimes, timedScript, timesVariable } from '../support/runTimes';
import { Workspace } from '../support/workspace';

/** Notes which host a mini-batch was scored by, and gives the content of each file as its row. */
const script = `
import os, time
def run(mini_batch):
    time.sleep(0.01)
    open(os.path.join(os.environ['HOSTS'], str(os.getppid())), 'w').close()
    return [open(path).read() for path in mini_batch]
`;

const files = 160;
const lanes = 4;
const mostDeliveries = 6;
const expected = Array.from({ length: files }, (_, i) => `${i}\n`).join('');

/**
 * Several instances of the app over one storage account, as a plan that scales out has them: processes that share
 * nothing but Azurite. The test is the queue of activities between them: it delivers each to one or more of them,
 * and once more where it was lost.
 */
describe('a job that several instances of the app work on', () => {
  let azurite: Azurite;
  let workspace: Workspace;
  let workers: FunctionsWorker[] = [];
  let hosts: string;

  beforeAll(async () => {
    azurite = await startAzurite();
    workspace = await Workspace.open(storage());
    await workspace.endpoint('shared', script, { miniBatchSize: 2, resources: { instanceCount: lanes } });
  });

  beforeEach(async () => {
    hosts = join(workspace.folder, `hosts-${expect.getState().currentTestName?.length}`);
    mkdirSync(hosts);
    const settings = {
      // Of one machine, each finds its own unfinished work by its process.
      BATCHPOINT_SCRATCH: join(workspace.folder, 'scratch'),
      ...storage(),
      BATCHPOINT_STATE: join(workspace.folder, 'state'),
      BATCHPOINT_LOCAL_FILES: 'true',
      BATCHPOINT_CLAIM_SECONDS: '0.1',
    };
    workers = await Promise.all([FunctionsWorker.start(settings), FunctionsWorker.start(settings)]);
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
  });

  afterAll(async () => {
    await workspace.close();
    await azurite.stop();
    removeFolders();
  });

  const storage = (): NodeJS.ProcessEnv => ({
    BATCHPOINT_STORAGE: 'azure',
    AzureWebJobsStorage: azurite.connectionString,
  });

  const invoke = (name: string): Promise<Job> =>
    workspace.invoke('shared', workspace.inputs(files), { name, environmentVariables: { HOSTS: hosts } });

  /** Whom an activity is delivered to. */
  type Deliver = (lane: number, sequence: number) => readonly FunctionsWorker[];

  /** Delivers an activity until somebody has answered. */
  async function deliver(
    name: string,
    input: object,
    to: () => readonly FunctionsWorker[],
  ): Promise<unknown> {
    let failed: unknown;
    for (let delivery = 0; delivery < mostDeliveries; delivery++) {
      const answers = await Promise.allSettled(to().map((one) => one.activity(name, input)));
      const answer = answers.find((one) => one.status === 'fulfilled');
      if (answer !== undefined) return answer.value;
      failed = answers.find((one) => one.status === 'rejected')?.reason;
    }
    throw failed as Error;
  }

  /** Asks again while there is no place on the compute. */
  const placed = (ask: () => Promise<unknown>): Promise<unknown> =>
    until(ask, (answer) => (answer as { wait?: boolean }).wait !== true, 50);

  async function runLane(job: string, lane: number, to: Deliver): Promise<void> {
    for (let sequence = 0; ;) {
      const input = { job, lane, sequence };
      const ask = (): Promise<unknown> => deliver('scoreNext', input, () => to(lane, sequence));
      const answer = (await placed(ask)) as ScoreNextAnswer;
      if (!answer.more) return;
      if (answer.again !== true) sequence++;
    }
  }

  async function run({ spec }: Job, to: Deliver): Promise<Job> {
    const input = { job: spec.key };
    const both = (): readonly FunctionsWorker[] => to(0, 0);
    const plan = placed(() => deliver('planJob', input, both)) as Promise<PlanAnswer>;
    const [planned] = await Promise.all([plan, deliver('prepareScorer', input, both)]);
    await Promise.all(Array.from({ length: planned.lanes }, (_, lane) => runLane(spec.key, lane, to)));
    const finished = (await deliver('finishJob', input, both)) as FinishAnswer;
    expect(finished.open).toEqual([]);
    return workspace.services.jobs.get(spec.name);
  }

  async function expectWhole(job: Job): Promise<void> {
    expect(job.run).toMatchObject({ state: 'Completed', progress: { files, failedFiles: 0, rows: files } });
    const output = BlobServiceClient.fromConnectionString(azurite.connectionString)
      .getContainerClient('workspaceblobstore')
      .getBlobClient(`azureml/${job.spec.name}/score/predictions.csv`);
    expect((await output.downloadToBuffer()).toString()).toBe(expected);
  }

  const worker = (at: number): FunctionsWorker[] => workers.slice(at % workers.length).slice(0, 1);

  test('has each row once and in order, whoever takes which claim', async () => {
    await expectWhole(await run(await invoke('spread'), (lane, sequence) => worker(lane + sequence)));
    expect(readdirSync(hosts)).toHaveLength(2);
  });

  test('has each row once and in order, though every activity is delivered to both at once', async () => {
    await expectWhole(await run(await invoke('doubled'), () => workers));
    expect(readdirSync(hosts)).toHaveLength(2);
  });

  test('uses no more of its compute than there is, together with other jobs there', async () => {
    await workspace.compute('narrow', 2);
    const settings = { compute: 'azureml:narrow', miniBatchSize: 1, resources: { instanceCount: lanes } };
    await workspace.endpoint('narrow', timedScript(0.02), settings);
    const noted = join(workspace.folder, 'narrow.times');
    const jobs = await Promise.all(
      [1, 2, 3].map(() =>
        workspace.invoke('narrow', workspace.inputs(20), {
          environmentVariables: { [timesVariable]: noted },
        }),
      ),
    );
    const ended = await Promise.all(jobs.map((job) => run(job, (lane, sequence) => worker(lane + sequence))));
    expect(ended.map(({ run: { state, progress } }) => [state, progress.rows])).toEqual(
      jobs.map(() => ['Completed', 20]),
    );
    const times = runTimes(noted);
    expect(times).toHaveLength(3 * 20);
    expect(mostAtOnce(times)).toBe(2);
  });

  test('goes on where one of them is killed in the middle', async () => {
    const job = await invoke('killed');
    const running = run(job, (lane, sequence) => worker(lane + sequence));
    await until(
      () => readdirSync(hosts).length,
      (count) => count === 2,
    );
    await workers.shift()?.kill();
    await expectWhole(await running);
  });
});
