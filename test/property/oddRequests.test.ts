import fc from 'fast-check';
import { ProductHost } from '../../bench/product/productHost';
import { Description, type Document } from '../support/description';
import { ask } from '../support/hostRequest';
import { oddRequests } from '../support/oddRequests';
import { sendRaw, statusesIn } from '../support/rawRequest';
import { names, seed as makeResources } from '../support/schemathesis';

const host = new ProductHost();

/** Minutes that a search takes with another seed each time; without them, a few requests are sent, always the same. */
const minutes = Number(process.env['BATCHPOINT_FUZZ_MINUTES'] ?? 0);
const bounds =
  minutes > 0
    ? { seed: Date.now() | 0, numRuns: 10_000_000, interruptAfterTimeLimit: minutes * 60_000 }
    : { seed: 20_261_126, numRuns: 3_000 };

beforeAll(async () => {
  await host.start();
  await makeResources(host);
});
afterAll(() => host.close());

test(
  'no bytes that are sent as a request get a 5xx, and the next good request is answered',
  async () => {
    const { body } = await ask(host.url, '/openapi.json');
    const targets = new Description(JSON.parse(body) as Document).operations();
    const { pid } = host;
    const tokens = new Map([
      ['https://ml.azure.com', await host.token('data')],
      ['https://management.azure.com', await host.token('management')],
    ]);
    const requests = oddRequests({
      host: new URL(host.url).host,
      targets,
      names,
      tokenFor: (operation) => tokens.get(operation['x-audience'] ?? ''),
    });
    const statuses = new Map<number, number>();
    const property = fc.asyncProperty(requests, async (request) => {
      const answered = statusesIn(await sendRaw(host.url, request));
      for (const status of answered) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(answered.filter((status) => status >= 500)).toEqual([]);
      expect((await ask(host.url, '/health')).status).toBe(200);
    });
    await fc.assert(property, bounds);
    process.stdout.write(`seed ${bounds.seed}: ${JSON.stringify(Object.fromEntries(statuses))}\n`);
    // Requests get as far as the operations, too.
    for (const status of [200, 400, 401, 404, 431]) expect(statuses.get(status)).toBeGreaterThan(0);
    expect(host.pid).toBe(pid);
    expect(host.log).not.toMatch(/ error /);
  },
  (minutes + 5) * 60_000,
);
