import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost } from '../../../bench/product/productHost';
import { until } from '../../../bench/product/until';
import { Api } from '../../support/api';
import { CommandLine } from '../../support/commandLine';
import { echoScript } from '../../support/workspace';

/** A generator of numbers below a limit, the same for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

interface Status {
  readonly status: string;
  readonly properties: { readonly total: { readonly count: number; readonly bytes: number } };
}

describe('batchpoint gc', () => {
  const host = new ProductHost();
  const api = new Api(host);
  const line = new CommandLine();

  beforeAll(async () => {
    await host.start();
    await host.endpoint('echo', echoScript);
  });
  afterAll(async () => {
    await line.close();
    await host.close();
  });

  const env = (): NodeJS.ProcessEnv => ({ BATCHPOINT_STATE: host.state });
  const gc = (...args: string[]): ReturnType<CommandLine['run']> => line.run(['gc', ...args], { env: env() });
  const names = async (): Promise<string[]> => {
    const { value } = (await host.ask('GET', '/jobs?$top=1000')) as { value: { name: string }[] };
    return value.map(({ name }) => name).sort();
  };
  async function jobs(...all: string[]): Promise<void> {
    const input = host.inputs(2);
    for (const name of all) await host.invoke('echo', input, { name });
    for (const name of all) await host.finished(name);
    // The orchestration is at its end a moment after the job.
    await until(
      () => host.ask('POST', '/collectGarbage', { only: ['jobs'], olderThan: 'PT0S', dryRun: true }),
      () => true,
    );
  }

  test('says what it would free, and frees nothing in a dry run', async () => {
    await jobs('one', 'two');
    const { code, stdout, stderr } = await until(
      () => gc('--older-than', '0d', '--only', 'jobs', '--dry-run'),
      (done) => done.stdout.includes('one') && done.stdout.includes('two'),
    );
    expect(code).toBe(0);
    const items = JSON.parse(stdout) as { kind: string; name: string; bytes: number }[];
    expect(items.map(({ kind, name }) => [kind, name])).toEqual([
      ['jobs', 'two'],
      ['jobs', 'one'],
    ]);
    expect(items.every(({ bytes }) => bytes > 0)).toBe(true);
    expect(stderr).toMatch(/^Would free [\d.]+ KB: 2 things\.$/m);
    expect(await names()).toEqual(['one', 'two']);
  });

  test('removes jobs that ended long enough ago, and their files, and leaves the others', async () => {
    expect(await gc('--only', 'jobs')).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(await names()).toEqual(['one', 'two']);
    const { stdout } = await gc('--older-than', '0m', '--only', 'jobs,leftovers', '-o', 'table');
    expect(stdout).toMatch(/^Kind\s+Name\s+Bytes/);
    expect(await names()).toEqual([]);
    expect(await api.refusal('GET', '/jobs/one')).toEqual([404, 'ResourceNotFound']);
    expect(readdirSync(join(host.state, 'blobs/batchpoint'))).not.toContain('jobs');
    expect(readdirSync(join(host.state, 'blobs/workspaceblobstore/azureml'))).toEqual(['one', 'two']);
  });

  test.each([
    [['--older-than', 'soon'], "--older-than 'soon'"],
    [['--only', 'everything'], "--only 'everything': it is one of jobs, leftovers, versions, uploads"],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await gc(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('is refused by the API where the body says something else', async () => {
    for (const body of [{ olderThan: '30 days' }, { only: [] }, { only: ['all'] }, { older: 'P1D' }])
      expect(await api.refusal('POST', '/collectGarbage', { body })).toEqual([400, 'BodyInvalid']);
  });

  test('goes on after its host was killed, again and again, and leaves every job whole or gone', async () => {
    const seed = Date.now() % 1_000_000;
    const next = dice(seed);
    const all = Array.from({ length: 24 }, (_, i) => `job-${String(i).padStart(2, '0')}`);
    await jobs(...all);
    const body = { olderThan: 'PT0S', only: ['jobs'] };
    const { headers } = await host.request('POST', '/collectGarbage', body);
    const operation = new URL(headers.get('azure-asyncoperation') ?? '');
    const ask = async (): Promise<Status> => {
      const url = `${host.url}${operation.pathname}${operation.search}`;
      const authorization = `Bearer ${await host.token('management')}`;
      return (await (await fetch(url, { headers: { authorization } })).json()) as Status;
    };
    let kills = 0;
    for (let isOver = false; !isOver && kills < 5; kills++) {
      const asked = ask().then(
        ({ status }) => status === 'Succeeded',
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, next(40)));
      await host.kill();
      isOver = await asked;
      await host.start();
      // The host goes on with it as soon as it is there: a job may be gone by now, but then whole.
      for (const name of await names()) {
        for (const [file, content] of [
          ['named-outputs/score/predictions.csv', '0\n1\n'],
          ['logs/job_result.txt', expect.stringContaining('Completed')],
        ] as const) {
          const { status, body } = await host.request('GET', `/jobs/${name}/files/${file}`);
          const seen = [`seed ${seed}, kill ${kills}, ${name}, ${file}`, status];
          const gone = { error: { code: 'ResourceNotFound' } };
          expect([...seen, body]).toEqual([
            seen[0],
            status,
            status === 200 ? content : expect.objectContaining({}),
          ]);
          if (status !== 200) expect(body).toMatchObject(gone);
        }
      }
    }
    const { properties } = await until(ask, ({ status }) => status === 'Succeeded');
    expect(await names()).toEqual([]);
    expect(properties.total.count).toBeLessThanOrEqual(all.length);
    expect(readdirSync(join(host.state, 'blobs/batchpoint'))).not.toContain('jobs');
  });
});
