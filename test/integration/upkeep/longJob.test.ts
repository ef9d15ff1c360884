import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProductHost } from '../../../bench/product/productHost';
import { noopScript } from '../../../bench/job/scorers';
import { makeFolder, removeFolders } from '../../support/hostApp';

const miniBatches = 100_000;

/** What a history may have at most. */
const most = 500;

/** An invocation, as the trace of the host has it. */
interface Traced {
  readonly function: string;
  readonly kind: string;
  readonly inputData: readonly { readonly data: { readonly string?: string } }[];
}

describe('A job of 100,000 mini-batches', () => {
  const trace = join(makeFolder(), 'trace');
  const host = new ProductHost({}, ['--trace', trace]);

  beforeAll(() => host.start());
  afterAll(async () => {
    await host.close();
    removeFolders();
  });

  test('has no orchestrator whose history ever reaches 500 events, and few activities', async () => {
    const input = join(host.folder, 'input');
    mkdirSync(input);
    for (let i = 0; i < miniBatches; i++) writeFileSync(join(input, `f${String(i).padStart(6, '0')}`), '');
    await host.endpoint('nothing', noopScript, { miniBatchSize: 1, resources: { instanceCount: 3 } });
    const { name } = await host.invoke('nothing', input);
    const { properties } = await host.finished(name, 100);
    expect(properties).toMatchObject({ status: 'Completed', progress: { miniBatches } });

    const longest = new Map<string, number>();
    let activities = 0;
    for await (const line of createInterface(createReadStream(trace))) {
      const { function: fn, kind, inputData } = JSON.parse(line) as Traced;
      if (kind === 'activityTrigger') activities++;
      if (kind !== 'orchestrationTrigger') continue;
      // What it is given is the whole of its history up to then.
      const { history } = JSON.parse(inputData[0]?.data.string ?? '') as { history: unknown[] };
      longest.set(fn, Math.max(history.length, longest.get(fn) ?? 0));
    }
    expect([...longest.keys()].sort()).toEqual(['scoreJob', 'scoreLane']);
    expect(Math.max(...longest.values())).toBeLessThan(most);
    expect(activities).toBeLessThan(most);
  });
});
