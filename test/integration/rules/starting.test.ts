import {
  recoverJobs,
  startJob,
  type InstanceState,
  type Orchestrations,
} from '../../../shared/jobs/recoverJobs';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** Orchestrations that are noted and never run. */
class NotedStarts implements Orchestrations {
  readonly starts: { instance: string; start: number }[] = [];
  found: InstanceState = 'missing';

  start(instance: string, { start }: { start: number }): Promise<void> {
    this.starts.push({ instance, start });
    return Promise.resolve();
  }

  state(): Promise<InstanceState> {
    return Promise.resolve(this.found);
  }
}

describe('the orchestration of a job', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('start', echoScript);
  });

  test('is started by one of many that found it not started', async () => {
    const { jobs } = workspace().services;
    const job = await workspace().invoke('start', workspace().inputs(1));
    const noted = new NotedStarts();
    await Promise.all(Array.from({ length: 10 }, () => startJob(jobs, noted, job)));
    expect(noted.starts).toEqual([{ instance: `job-${job.spec.key}`, start: 1 }]);
    expect((await jobs.get(job.spec.name)).run.start).toBe(1);
  });

  test('is started again where it is lost, as its next start', async () => {
    const { jobs } = workspace().services;
    const job = await workspace().invoke('start', workspace().inputs(1));
    const noted = new NotedStarts();
    await startJob(jobs, new NotedStarts(), job);
    noted.found = 'running';
    await recoverJobs(workspace().services, noted);
    expect(noted.starts).toEqual([]);
    noted.found = 'missing';
    await recoverJobs(workspace().services, noted);
    expect(noted.starts).toContainEqual({ instance: `job-${job.spec.key}`, start: 2 });
  });
});
