import { check } from './checker/check';
import type { Invariant } from './checker/violation';
import { ChaosHost } from './host/chaosHost';
import { ChaosJob } from './host/runJob';
import { plannedJob, type PlannedJob } from './jobs/plannedJob';
import { Random } from './seeds';

/** A job with nothing in it that chance decides about, but for its files. */
function aJob(crossesThreshold: boolean): PlannedJob {
  const plan = plannedJob(new Random(7), {
    language: 'node',
    leastFiles: 12,
    mostFiles: 20,
    crossesThreshold,
  });
  return { ...plan, form: 'lines', hasRows: true, writesFiles: false };
}

/** What the checker finds broken of a job on a host whose store is damaged. */
async function brokenBy(damage: string, crossesThreshold = false): Promise<Invariant[]> {
  const host = new ChaosHost(damage);
  try {
    await host.open();
    const { evidence } = await new ChaosJob(host, aJob(crossesThreshold)).run({});
    expect(evidence.answered.status).toBe(crossesThreshold ? 'Failed' : 'Completed');
    return [...new Set(check(evidence).map(({ invariant }) => invariant))];
  } finally {
    await host.close();
  }
}

describe('the checker finds a store that', () => {
  test('loses rows of a part', async () => {
    expect(await brokenBy('loses-rows')).toEqual(expect.arrayContaining(['I1', 'I2']));
  });

  test('doubles the rows of a part', async () => {
    expect(await brokenBy('doubles-rows')).toEqual(expect.arrayContaining(['I1', 'I2']));
  });

  test('loses the list of what failed', async () => {
    expect(await brokenBy('loses-failures')).toEqual(expect.arrayContaining(['I1', 'I6']));
  });

  test('has something at the output path before the commit', async () => {
    expect(await brokenBy('writes-output-early', true)).toContain('I3');
  });

  test('has something at the output path after a failure', async () => {
    expect(await brokenBy('writes-output-after-failure', true)).toEqual(['I3']);
  });

  test('writes the output once more, even with the same bytes', async () => {
    expect(await brokenBy('changes-output')).toEqual(['I4']);
  });

  test('changes a text of the job after its end', async () => {
    expect(await brokenBy('changes-logs-late')).toContain('I5');
  });
});
