import { azureScenarios } from './azure/azureScenarios';
import { AzureHost } from './azure/azureHost';
import { resultOf } from './azure/hostRun';
import { allCallFaults } from './azure/storeFaults';
import { sweepJob } from './azure/sweep';
import type { Result } from './scenario';
import { freshSeed, replayCommand } from './seeds';

/** Runs of each in these tests. One of its seeds is new each time, and stands in the name of its test. */
const seeds: Readonly<Record<string, readonly number[]>> = {
  'bad-store': [freshSeed()],
  outages: [2],
  'forty-invocations': [1],
  doubled: [1, freshSeed()],
  zombie: [1, 2, freshSeed()],
  'app-killed': [1, freshSeed()],
};

/** Calls between two that fail, in the short sweep of these tests. */
const step = 61;

const seenIn = ({ violations }: Result): string[] => violations.map((one) => `${one.invariant}: ${one.seen}`);

describe('a job on Azure Storage loses nothing', () => {
  const scenarios = azureScenarios();

  afterAll(async () => {
    for (const { close } of scenarios) await close?.();
  });

  const runs = scenarios.flatMap(({ name, ...rest }) =>
    (seeds[name] ?? []).map((seed) => ({ name, seed, ...rest })),
  );

  test.each(runs)('though $fault ($name, seed $seed)', async ({ run, seed, name }) => {
    const result = await run(seed);
    const { told } = result;
    expect({ told, seen: seenIn(result), again: replayCommand(name, seed) }).toMatchObject({ seen: [] });
  });
});

describe('a job of which one call to Azure Storage fails loses nothing', () => {
  let azure: AzureHost;

  beforeAll(async () => {
    azure = await AzureHost.start();
  });

  afterAll(() => azure.close());

  const first = 1 + (freshSeed() % step);

  test.each(allCallFaults.map((kind) => ({ kind, first })))(
    'where it is $kind (every 61st call from number $first on)',
    async ({ kind }) => {
      const result = resultOf(await sweepJob(azure, { kind, first, step }));
      expect({ told: result.told, seen: seenIn(result) }).toMatchObject({ seen: [] });
      expect(result.faults).toBeGreaterThan(0);
    },
  );
});
