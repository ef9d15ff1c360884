import { hostScenarios } from './host/hostScenarios';
import { SharedHost } from './host/sharedHost';
import { freshSeed, replayCommand } from './seeds';

/** More runs than one, where the moments are what it is about. One seed is new each time, and stands in the name of its test. */
const seeds: Readonly<Record<string, readonly number[]>> = {
  'host-killed': [1, 2, 3, freshSeed()],
  'worker-killed': [1, 2, 3, freshSeed()],
};

describe('a job loses nothing', () => {
  const host = new SharedHost();

  afterAll(() => host.close());

  const runs = hostScenarios(host).flatMap((scenario) =>
    (seeds[scenario.name] ?? [1]).map((seed) => ({ ...scenario, seed })),
  );

  test.each(runs)('by $fault ($name, seed $seed)', async ({ run, seed, name }) => {
    const { violations, told, faults } = await run(seed);
    const seen = violations.map((one) => `${one.invariant}: ${one.seen}`);
    expect({ told, seen, again: replayCommand(name, seed) }).toMatchObject({ seen: [] });
    // A kill at a moment may come too late; one at a step has to come.
    if (name.startsWith('host-killed-at-')) expect(faults).toBeGreaterThan(0);
  });
});
