import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { mutations } from './mutations';
import type { RangeResult } from './range';

const program = join(__dirname, '../../dist/test/simulation/main.js');

/** Seeds of the run in CI; always the same ones, from 1 on. */
const seeds = Number(process.env['BATCHPOINT_SIMULATION_SEEDS'] ?? 10_000);

/** Seeds within which every fault that is put in on purpose has to show. */
const seedsToFind = 10_000;

/** What the program answers; a process of its own, as a simulation takes the clock and the files over. */
function simulated(...options: readonly string[]): Promise<RangeResult> {
  return new Promise((resolve, reject) => {
    const parameters = [program, '--json', ...options];
    const most = { maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, parameters, most, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`The simulation told nothing: ${stderr}`, { cause: error }));
      else resolve(JSON.parse(stdout) as RangeResult);
    });
  });
}

describe('the whole job on simulated hosts and stores', () => {
  test(`loses nothing in ${seeds} seeds`, async () => {
    const result = await simulated('--seeds', String(seeds), '--processes', '2');
    expect(result.found.slice(0, 5)).toEqual([]);
    expect(result.seeds).toBe(seeds);
    // Something has to go wrong, and jobs have to end in all the ways there are.
    expect(result.faults).toBeGreaterThan(seeds);
    expect(Object.keys(result.ends)).toEqual(
      expect.arrayContaining(['Completed', 'Canceled', 'ErrorThresholdExceeded', 'StoreFull']),
    );
  }, 600_000);

  test('goes the same way for the same seed, step by step', async () => {
    const first = await simulated('--from', '7', '--seeds', '60', '--processes', '1');
    const second = await simulated('--from', '7', '--seeds', '60', '--processes', '3');
    expect(second).toEqual(first);
    expect((await simulated('--from', '8', '--seeds', '60', '--processes', '1')).digest).not.toBe(
      first.digest,
    );
  }, 120_000);

  test.each(Object.entries(mutations).map(([name, { does }]) => [does, name]))(
    'finds an engine that %s',
    async (_does, mutation) => {
      const result = await simulated(
        '--mutation',
        mutation,
        '--seeds',
        String(seedsToFind),
        '--processes',
        '1',
      );
      expect(result.found).not.toEqual([]);
    },
    300_000,
  );
});
