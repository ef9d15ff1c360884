import type { ServerResponse } from 'node:http';
import { until } from '../../../bench/product/until';
import type { Job } from '../../../shared/jobs/jobStore';
import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** Seconds that a function may take: 15 of them are kept for its end, and one for a run(). */
const limit = 17;

describe('a file that comes byte by byte, and never ends', () => {
  const workspace = useWorkspace();
  let server: FileServer;
  let drips: NodeJS.Timeout[] = [];

  beforeAll(async () => {
    await workspace().endpoint('drip', echoScript, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } });
  });

  beforeEach(async () => {
    server = await FileServer.start();
    server.intercept((request, response) => {
      if (request.method === 'HEAD' || request.url?.endsWith('slow.txt') !== true) return false;
      drip(response);
      return true;
    });
  });

  afterEach(async () => {
    for (const timer of drips) clearInterval(timer);
    drips = [];
    await server.stop();
  });

  function drip(response: ServerResponse): void {
    response.writeHead(200);
    drips.push(setInterval(() => response.write('x'), 20));
  }

  /** A planned job over the given files. */
  async function planned(...names: string[]): Promise<Job> {
    for (const name of names) server.put(`data/${name}`, name);
    const dataset = { dataInputType: 'DataUrl', path: `${server.url}/account/container/data` };
    const job = await workspace().invoke('drip', '/', { dataset });
    await workspace().activities.plan(job.spec.key);
    return job;
  }

  test('is given up within two seconds when the job is cancelled', async () => {
    const job = await planned('slow.txt');
    const running = workspace().run(job);
    await until(
      () => drips.length,
      (count) => count > 0,
    );
    const began = performance.now();
    await workspace().services.jobs.cancel(job.spec.name, 'tester');
    expect((await running).run.state).toBe('Canceled');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('fails its mini-batch alone, before the host would end the function', async () => {
    const job = await planned('a.txt', 'slow.txt', 'z.txt');
    const { key } = job.spec;
    for (let sequence = 0, more = true; more;) {
      const began = performance.now();
      const answer = await workspace().activities.scoreNext(key, 0, sequence, limit);
      expect(performance.now() - began).toBeLessThan(limit * 1000);
      if (answer.again !== true) sequence++;
      more = answer.more;
    }
    const ended = await workspace().run(job);
    expect(await workspace().predictions(ended)).toBe('a.txt\nz.txt\n');
    expect(ended.run.failures).toMatchObject([
      { miniBatch: 1, code: 'InputFetchFailed', files: ['slow.txt'] },
    ]);
    expect(ended.run.failures[0]?.message).toContain('no run() would fit');
  });
});
