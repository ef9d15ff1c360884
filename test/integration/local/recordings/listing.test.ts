import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { describeWithRecordings, readRecording, recordingsFolder } from './recordings';

interface Listed {
  readonly all: number;
  readonly sample: Record<string, unknown>;
  readonly failed: number;
  readonly sampleFailed: Record<string, unknown>;
}

/** More than one page of the API, which has a hundred. */
const count = 230;

describeWithRecordings('A list of instances', () => {
  let host: HostProcess;

  beforeAll(async () => {
    host = await HostProcess.start(makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8')));
    const starts = Array.from(
      { length: count },
      (_, at) => `start/${at % 10 === 0 ? 'throwsSelf' : 'immediate'}?id=i${at}`,
    );
    await Promise.all(
      starts.map((start) => fetch(`${host.url}/api/${start}`, { method: 'POST', body: '1' })),
    );
    while ((await by({ runtimeStatus: ['Pending', 'Running'] })).length > 0);
  }, 60_000);

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('holds all of them, in the order of their ids, with the members of the real list', async () => {
    const all = await call('getStatusAll');
    const ids = all.map(({ instanceId }) => String(instanceId));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(count);
    const { sample } = readRecording('getStatusBy').result as Listed;
    expect(Object.keys(all[0] ?? {}).sort()).toEqual(Object.keys(sample).sort());
  });

  test('can be limited to those of a status and a time', async () => {
    const now = Date.now();
    const from = new Date(now - 3_600_000).toISOString();
    const to = new Date(now + 3_600_000).toISOString();
    const failed = await by({ runtimeStatus: ['Failed'], createdTimeFrom: from, createdTimeTo: to });
    expect(failed).toHaveLength(count / 10);
    expect(new Set(failed.map(({ runtimeStatus }) => runtimeStatus))).toEqual(new Set(['Failed']));
    expect(await by({ createdTimeFrom: to })).toEqual([]);
  });

  function by(filter: object): Promise<Record<string, unknown>[]> {
    return call('getStatusBy', filter);
  }

  async function call(operation: string, ...args: unknown[]): Promise<Record<string, unknown>[]> {
    const response = await fetch(`${host.url}/api/op/${operation}`, {
      method: 'POST',
      body: JSON.stringify({ args }),
    });
    return ((await response.json()) as { result: Record<string, unknown>[] }).result;
  }
});
