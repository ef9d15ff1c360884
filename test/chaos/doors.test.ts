import { DoorHost } from './doors/doorHost';
import { doorScenarios } from './doors/doorScenarios';
import { freshSeed, replayCommand } from './seeds';

describe('of all that starts jobs and tells of them, nothing is lost and nothing doubled', () => {
  const doors = new DoorHost();

  afterAll(() => doors.close());

  const runs = doorScenarios(doors).map((scenario) => ({ ...scenario, seed: freshSeed() }));

  test.each(runs)(
    'by $fault ($name, seed $seed)',
    async ({ run, seed, name }) => {
      const { violations, told, faults } = await run(seed);
      const seen = violations.map((one) => `${one.invariant}: ${one.seen}`);
      expect({ told, seen, again: replayCommand(name, seed) }).toMatchObject({ seen: [] });
      expect(faults).toBeGreaterThan(3);
    },
    300_000,
  );
});
