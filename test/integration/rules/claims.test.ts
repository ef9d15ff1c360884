import { noProgress } from '../../../shared/jobs/jobRun';
import type { Job } from '../../../shared/jobs/jobStore';
import type { ClaimRow } from '../../../shared/planning/claimRow';
import type { Claims, Settlement } from '../../../shared/planning/claims';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('claims', () => {
  const workspace = useWorkspace();
  const claims = (): Claims => workspace().services.claims;

  /** A planned job of so many mini-batches, each of one file. */
  async function planned(miniBatches: number, settings: object = {}): Promise<Job> {
    await workspace().endpoint('claims', echoScript, settings);
    const job = await workspace().invoke('claims', workspace().inputs(miniBatches));
    await workspace().activities.plan(job.spec.key);
    return job;
  }

  function settlement(claim: ClaimRow, to: number, failedFiles = 0): Settlement {
    const miniBatches = to - claim.from;
    return {
      outcome: {
        attempt: claim.attempt,
        parts: {},
        digest: `digest of attempt ${claim.attempt}`,
        worker: 'node/process000',
      },
      progress: { ...noProgress, miniBatches, files: miniBatches, failedFiles, seconds: miniBatches },
      to,
      carried: {},
      firstScored: '2026-01-01T00:00:00.000Z',
      failures: [],
    };
  }

  async function take(job: Job, lane: number, sequence: number): Promise<ClaimRow> {
    const taken = await claims().take({ job: job.spec.key, lane, sequence });
    if (taken.kind !== 'claim') throw new Error(`There is no claim: ${taken.kind}`);
    return taken.claim;
  }

  async function all(job: Job): Promise<ClaimRow[]> {
    const found: ClaimRow[] = [];
    for await (const claim of claims().all(job.spec.key)) found.push(claim);
    return found;
  }

  test('of many lanes at once never overlap and leave nothing out', async () => {
    const job = await planned(30);
    const lane = async (number: number): Promise<ClaimRow[]> => {
      const mine: ClaimRow[] = [];
      for (let sequence = 0; ; sequence++) {
        const id = { job: job.spec.key, lane: number, sequence };
        const taken = await claims().take(id);
        if (taken.kind !== 'claim') return mine;
        mine.push(taken.claim);
        await claims().settle(id, settlement(taken.claim, taken.claim.to), -1);
      }
    };
    const taken = (await Promise.all([0, 1, 2, 3].map(lane))).flat();
    const batches = taken.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
    expect(batches.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test('asked for again without an outcome are the same stretch, as a new attempt', async () => {
    const job = await planned(5);
    const first = await take(job, 0, 0);
    const again = await take(job, 0, 0);
    expect(again).toMatchObject({ from: first.from, to: first.to, attempt: 2 });
  });

  test('asked for by two deliveries at once are two attempts at one stretch', async () => {
    const job = await planned(5);
    const [a, b] = await Promise.all([take(job, 0, 0), take(job, 0, 0)]);
    expect([a.attempt, b.attempt].sort()).toEqual([1, 2]);
    expect(a.from).toBe(b.from);
    expect((await workspace().services.jobs.run(job.spec.key)).value.next).toBe(1);
  });

  test('with an outcome are settled: there is nothing to do again', async () => {
    const job = await planned(5);
    const claim = await take(job, 0, 0);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    expect(await claims().settle(id, settlement(claim, claim.to), -1)).toBe(true);
    expect(await claims().take(id)).toEqual({ kind: 'settled' });
  });

  test('keep their first outcome: a zombie that comes later changes nothing', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    const zombie = await take(job, 0, 0);
    const alive = await take(job, 0, 0);
    expect(await claims().settle(id, settlement(alive, alive.to, 1), -1)).toBe(true);
    expect(await claims().settle(id, settlement(zombie, zombie.to, 0), -1)).toBe(false);
    const [row] = await all(job);
    expect(row?.outcome?.attempt).toBe(2);
    expect((await workspace().services.jobs.run(job.spec.key)).value.progress.failedFiles).toBe(1);
  });

  test('settled twice by the same attempt, as after a lost reply, count once', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    const claim = await take(job, 0, 0);
    expect(await claims().settle(id, settlement(claim, claim.to, 1), -1)).toBe(true);
    expect(await claims().settle(id, settlement(claim, claim.to, 1), -1)).toBe(true);
    expect((await workspace().services.jobs.run(job.spec.key)).value.progress).toMatchObject({
      miniBatches: 1,
      failedFiles: 1,
    });
  });

  test('move the sum of failed files by the difference of what they report', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    const claim = await take(job, 0, 0);
    const failed = async (failedFiles: number): Promise<number> =>
      (await claims().report(claim, id, { ...noProgress, failedFiles }, 100)).progress.failedFiles;
    expect(await failed(2)).toBe(2);
    expect(await failed(5)).toBe(5);
    await take(job, 0, 0);
    expect((await workspace().services.jobs.run(job.spec.key)).value.progress.failedFiles).toBe(0);
    expect(await failed(7)).toBe(0);
  });

  test('stop the job in the same write in which the sum crosses the threshold', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    const claim = await take(job, 0, 0);
    const run = await claims().report(claim, id, { ...noProgress, failedFiles: 3 }, 2);
    expect(run).toMatchObject({ state: 'Stopping', stop: { error: { code: 'ErrorThresholdExceeded' } } });
    expect(await claims().take({ job: job.spec.key, lane: 1, sequence: 0 })).toEqual({ kind: 'none' });
  });

  test('are taken only while the job runs', async () => {
    const job = await planned(5);
    await workspace().services.jobs.stop(job.spec.key, { cancelled: true, by: 'tester' });
    expect(await claims().take({ job: job.spec.key, lane: 0, sequence: 0 })).toEqual({ kind: 'none' });
  });

  test('keep what they had when the job was stopped, and take nothing after its end', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    const claim = await take(job, 0, 0);
    const late = await take(job, 1, 0);
    await workspace().services.jobs.stop(job.spec.key, { cancelled: true, by: 'tester' });
    expect(await claims().settle(id, settlement(claim, claim.to), -1)).toBe(true);
    await workspace().activities.finish(job.spec.key);
    expect(await claims().settle({ ...id, lane: 1 }, settlement(late, late.to), -1)).toBe(false);
  });

  test('that end early leave the rest as the next claim of their lane, with its used-up tries', async () => {
    const job = await planned(40);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    await claims().settle(
      id,
      { ...settlement(await take(job, 0, 0), 1), progress: { ...noProgress, miniBatches: 1, seconds: 0.2 } },
      -1,
    );
    const claim = await take(job, 0, 1);
    expect(claim.to - claim.from).toBeGreaterThan(3);
    const cut = { ...settlement(claim, claim.from + 2), carried: { [claim.from + 2]: 2 } };
    expect(await claims().settle({ ...id, sequence: 1 }, cut, -1)).toBe(true);
    const rest = await take(job, 0, 2);
    expect(rest).toMatchObject({ from: claim.from + 2, to: claim.to, charged: { [claim.from + 2]: 2 } });
  });

  test('note the mini-batch that was at work when the process went down, from the second delivery on', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    await take(job, 0, 0);
    const second = await take(job, 0, 0);
    expect(second.lost).toEqual({});
    await claims().begin(second, id, second.from);
    const third = await take(job, 0, 0);
    expect(third.lost).toEqual({ [second.from]: 1 });
    await claims().begin(third, id, third.from);
    expect((await take(job, 0, 0)).lost).toEqual({ [second.from]: 2 });
  });

  test('note nothing when the machinery failed and not the process', async () => {
    const job = await planned(5);
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    await take(job, 0, 0);
    const second = await take(job, 0, 0);
    await claims().begin(second, id, second.from);
    await claims().postpone(second, id, {});
    expect((await take(job, 0, 0)).lost).toEqual({});
  });
});
