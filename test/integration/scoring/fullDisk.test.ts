import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../../shared/jobs/jobStore';
import { FileServer } from '../../support/fileServer';
import { SmallDisk } from '../../support/smallDisk';
import { Workspace } from '../../support/workspace';

const wide = `
def run(mini_batch):
    return [open(path).read() + 'x' * 100000 for path in mini_batch]
`;
const narrow = `
import os
def run(mini_batch):
    return [str(os.path.getsize(path)) for path in mini_batch]
`;
const blocks = { outputOptions: { format: 'jsonl' } };

describe('a disk that has no room left', () => {
  let disk: SmallDisk;
  let workspace: Workspace;

  beforeAll(async () => {
    disk = SmallDisk.mount(8);
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-test-'));
    workspace = await Workspace.reopen(folder, { BATCHPOINT_SCRATCH: join(disk.folder, 'scratch') });
    await workspace.endpoint('wide', wide, { miniBatchSize: 2 });
    await workspace.endpoint('blocks', wide, { miniBatchSize: 2, ...blocks });
    await workspace.endpoint('narrow', narrow, { miniBatchSize: 2 });
  });

  afterEach(() => {
    disk.empty();
  });

  afterAll(async () => {
    await workspace.close();
    disk.unmount();
  });

  /** The job failed as a whole: no file is to blame, and nothing is at the output. */
  async function expectFull(job: Job, store: string): Promise<void> {
    expect(job.run).toMatchObject({ state: 'Failed', error: { code: 'StoreFull' } });
    expect(job.run.error?.message).toContain(`The store ${store}`);
    expect(job.run.error?.message).toContain('Make room, or choose another place.');
    expect(job.run.progress.failedFiles).toBe(0);
    const { store: output, name } = await workspace.services.destinations.open(job.spec.output);
    expect(await output.stat(name)).toBeUndefined();
  }

  /** With room again, a job that resumes it gives what one gives that nothing disturbed. */
  async function expectResumed(job: Job, properties: object = {}): Promise<void> {
    disk.empty();
    const resumed = await workspace.run(await workspace.rerun(job, 'resume', properties));
    expect(resumed.run.state).toBe('Completed');
    const undisturbed = await workspace.run(await workspace.rerun(job, 'all', properties));
    expect(await workspace.predictions(resumed)).toBe(await workspace.predictions(undisturbed));
  }

  async function planned(endpoint: string, input: string, properties: object = {}): Promise<Job> {
    const job = await workspace.invoke(endpoint, input, properties);
    await workspace.activities.plan(job.spec.key);
    await workspace.activities.prepare(job.spec.key);
    return job;
  }

  test.each(['wide', 'blocks'])(
    'under the rows of workers fails the job, and it is resumed: %s',
    async (endpoint) => {
      const job = await planned(endpoint, workspace.inputs(20));
      await workspace.activities.scoreNext(job.spec.key, 0, 0);
      disk.fill(150_000);
      const ended = await workspace.run(job);
      await expectFull(ended, join(disk.folder, 'scratch'));
      await expectResumed(ended);
    },
  );

  test('under fetched files fails the job, and not the files', async () => {
    const server = await FileServer.start();
    try {
      for (let i = 0; i < 6; i++) server.put(`set/${i}.txt`, 'x'.repeat(1_000_000 + i));
      const path = `${server.url}/account/container/set`;
      const job = await planned('narrow', '/', { dataset: { dataInputType: 'DataUrl', path } });
      disk.fill(500_000);
      const ended = await workspace.run(job);
      await expectFull(ended, disk.folder);
      await expectResumed(ended);
    } finally {
      await server.stop();
    }
  });

  test('under the names that are sorted fails the job when it is planned', async () => {
    const input = workspace.inputs(50_001);
    const job = await workspace.invoke('narrow', input);
    disk.fill();
    await workspace.activities.plan(job.spec.key);
    await workspace.activities.finish(job.spec.key);
    await expectFull(await workspace.services.jobs.get(job.spec.name), join(disk.folder, 'scratch'));
  });

  test('under the output fails the job, and nothing of it is there, not even a draft', async () => {
    const folder = join(disk.folder, 'out');
    mkdirSync(folder);
    const place = { outputDataset: { path: new URL(`file://${folder}`).href } };
    const job = await planned('wide', workspace.inputs(20), place);
    await workspace.lane(job.spec.key, 0);
    disk.fill(500_000);
    const ended = await workspace.run(job);
    await expectFull(ended, `file://${folder}`);
    expect(existsSync(join(folder, 'predictions.csv'))).toBe(false);
    disk.empty();
    const resumed = await workspace.run(await workspace.rerun(ended, 'resume', place));
    expect(resumed.run).toMatchObject({ state: 'Completed', progress: { rows: 20 } });
  });
});
