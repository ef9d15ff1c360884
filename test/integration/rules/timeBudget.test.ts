import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import type { ClaimRow } from '../../../shared/planning/claimRow';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript, type Workspace } from '../../support/workspace';

/** Seconds that a function may take: 15 of them are kept for its end, so these leave two for scoring. */
const limit = 17;

async function claimsOf({ services }: Workspace, key: string): Promise<ClaimRow[]> {
  const found: ClaimRow[] = [];
  for await (const claim of services.claims.all(key)) found.push(claim);
  return found;
}

describe('a claim where the host limits how long a function may take', () => {
  const workspace = useWorkspace({ BATCHPOINT_CLAIM_SECONDS: '600' });

  test('ends early, and the rest is the next claim of its lane', async () => {
    const script = `
import time
def run(mini_batch):
    if int(open(mini_batch[0]).read()) > 1:
        time.sleep(0.2)
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint('slow', script, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } });
    const made = await workspace().invoke('slow', workspace().inputs(30));
    const { key, name } = made.spec;
    await workspace().activities.plan(key);
    await workspace().lane(key, 0, 0, limit);
    const claims = await claimsOf(workspace(), key);
    expect(claims.filter((claim) => claim.progress.seconds > 0.3).length).toBeGreaterThan(2);
    expect(claims.every((claim) => claim.progress.seconds < 2.5)).toBe(true);
    await workspace().activities.finish(key);
    const job = await workspace().services.jobs.get(name);
    expect(await workspace().predictions(job)).toBe(Array.from({ length: 30 }, (_, i) => `${i}\n`).join(''));
    expect(job.run.progress.tries).toBe(30);
  });

  test('carries the tries of a mini-batch over: all of them together are as many as max_retries', async () => {
    const marker = join(workspace().folder, 'tries');
    const script = `
import time
def run(mini_batch):
    if open(mini_batch[0]).read() == '0':
        open(${JSON.stringify(marker)}, 'a').write('x')
        time.sleep(0.9)
        raise ValueError('again')
    return ['ok']
`;
    await workspace().endpoint('carried', script, { retrySettings: { maxRetries: 4, timeout: 'PT1S' } });
    const made = await workspace().invoke('carried', workspace().inputs(2));
    const { key, name } = made.spec;
    await workspace().activities.plan(key);
    const activities = await workspace().lane(key, 0, 0, limit);
    expect(activities).toBeGreaterThan(3);
    await workspace().activities.finish(key);
    expect(readFileSync(marker, 'utf8')).toBe('xxxx');
    expect((await workspace().services.jobs.get(name)).run.failures[0]).toMatchObject({
      code: 'RunRaised',
      tries: 4,
    });
  });
});

describe('a claim that waits for a scorer where the host limits how long a function may take', () => {
  const workspace = useWorkspace({ BATCHPOINT_MAX_PARALLELISM: '1' });

  test('is given back in time, and scored by a later delivery', async () => {
    const [started, release] = ['started', 'release'].map((name) => join(workspace().folder, name));
    const holding = `
import os, time
def run(mini_batch):
    open(${JSON.stringify(started)}, 'w').close()
    while not os.path.exists(${JSON.stringify(release)}):
        time.sleep(0.02)
    return ['held']
`;
    await workspace().endpoint('holding', holding, { retrySettings: { timeout: 'PT1H' } });
    const holder = await workspace().invoke('holding', workspace().inputs(1));
    await workspace().activities.plan(holder.spec.key);
    const held = workspace().activities.scoreNext(holder.spec.key, 0, 0);
    await until(
      () => existsSync(started ?? ''),
      (exists) => exists,
    );

    await workspace().endpoint('waiting', echoScript, { retrySettings: { timeout: 'PT1S' } });
    const { key, name } = (await workspace().invoke('waiting', workspace().inputs(2))).spec;
    await workspace().activities.plan(key);
    await workspace().activities.prepare(key, limit);
    expect(await workspace().activities.scoreNext(key, 0, 0, limit)).toEqual({ more: true, again: true });
    expect((await claimsOf(workspace(), key)).map(({ outcome }) => outcome)).toEqual([undefined]);

    writeFileSync(release ?? '', '');
    expect(await held).toEqual({ more: true });
    expect(await workspace().activities.scoreNext(key, 0, 0, limit)).toEqual({ more: true });
    await workspace().lane(key, 0, 1, limit);
    await workspace().activities.finish(key);
    expect(await workspace().predictions(await workspace().services.jobs.get(name))).toBe('0\n1\n');
  });
});

describe('a deployment of which one run() cannot fit into a function', () => {
  const workspace = useWorkspace({ AzureFunctionsJobHost__functionTimeout: '00:05:00' });

  test('is refused, with the setting that would let it in', async () => {
    await workspace().endpoint('long', 'def run(mini_batch):\n    return []\n', {
      retrySettings: { timeout: 'PT1H' },
    });
    const refused = workspace().invoke('long', workspace().inputs(1));
    await expect(refused).rejects.toMatchObject({ code: 'TimeoutTooLong', status: 400 });
    await expect(refused).rejects.toThrow(
      'A run() may take 3600 seconds, and this host ends a function after 300.',
    );
  });
});
