import { ProductHost } from '../../bench/product/productHost';
import { runSchemathesis, seed as makeResources } from '../support/schemathesis';

const host = new ProductHost();

/** Minutes that a search takes with another seed each time; without them, the same requests are sent each time. */
const minutes = Number(process.env['BATCHPOINT_FUZZ_MINUTES'] ?? 0);
const seed = minutes > 0 ? Date.now() % 2 ** 31 : 20_261_126;
const bounds =
  minutes > 0 ? ['--max-time', String(minutes * 60), '--max-examples', '100'] : ['--max-examples', '4'];

beforeAll(async () => {
  await host.start();
  await makeResources(host);
});
afterAll(() => host.close());

test(
  'every operation answers what fits and what does not as its description says, with no 5xx among it',
  async () => {
    const { pid } = host;
    const options = ['--seed', String(seed), '--continue-on-failure', '--no-color', ...bounds];
    const { code, output } = await runSchemathesis(host, options);
    process.stdout.write(output.slice(output.indexOf('=== SUMMARY ===')));
    // Where it found something, all of what it says is the reason of the failure.
    expect(code === 0 ? '' : output).toBe('');
    const [, tested, selected] = /Selected: (\d+)\/\1\s+Tested: (\d+)/.exec(output) ?? [];
    expect([tested, Number(tested) > 70]).toEqual([selected, true]);
    expect(host.pid).toBe(pid);
    expect(host.log).not.toMatch(/ error /);
  },
  (minutes + 10) * 60_000,
);
