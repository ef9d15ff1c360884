import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { clientFunctions, HostClient } from '../../../support/hostClient';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const source = `
${clientFunctions}
const { existsSync, writeFileSync } = require('node:fs');
const gate = async () => { while (!existsSync(process.env.GATE)) await new Promise((resolve) => setTimeout(resolve, 5)); };
const atLoad = { ...process.env };
app.http('environment', { authLevel: 'anonymous', handler: () => ({ jsonBody: atLoad }) });
app.http('slow', { authLevel: 'anonymous', handler: async () => { writeFileSync(process.env.GATE + '-entered', ''); await gate(); return { body: 'late' }; } });
app.http('reject', { authLevel: 'anonymous', handler: () => { void Promise.reject(new Error('nobody waits for this')); return {}; } });
app.http('log', { authLevel: 'anonymous', handler: (request, context) => { context.log('one\\ntwo'); context.debug('hidden'); return {}; } });
app.hook.appStart(() => console.error('APP START'));
app.hook.appTerminate(() => console.error('APP END'));
app.hook.preInvocation((hook) => { if (hook.invocationContext.functionName === 'hooked') hook.inputs = ['from the hook']; });
app.hook.postInvocation((hook) => { if (hook.invocationContext.functionName === 'hooked') hook.result = { body: hook.inputs[0] }; });
app.http('hooked', { authLevel: 'anonymous', handler: () => ({ body: 'from the function' }) });
df.app.orchestration('waits', function* (context) { yield context.df.waitForExternalEvent('go'); return 'gone'; });
`;

describe('A host', () => {
  let app: AppFolder;
  let gate: string;

  beforeEach(() => {
    app = makeApp(source);
    gate = join(app.root, 'gate');
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('tells the app where it runs, before it is loaded', async () => {
    const { url } = await HostProcess.start(app, [], { BATCHPOINT_MAX_PARALLELISM: '7' });
    const seen = (await (await fetch(`${url}/api/environment`)).json()) as Record<string, string>;
    expect(seen).toMatchObject({
      BATCHPOINT_STATE: app.state,
      BATCHPOINT_STORAGE: 'local',
      BATCHPOINT_LOCAL_FILES: 'true',
      BATCHPOINT_MAX_PARALLELISM: '7',
      BATCHPOINT_SCRATCH: join(app.state, 'scratch'),
    });
  });

  test('writes nothing but its log: no warnings', async () => {
    const host = await HostProcess.start(app);
    await host.kill('SIGTERM');
    const lines = host.log.trim().split('\n');
    expect(lines.filter((line) => !/^\d{4}-\d\d-\d\dT\S+ information Host: |^APP /.test(line))).toEqual([]);
  });

  test('logs to a file where it is told so', async () => {
    const file = join(app.root, 'host.log');
    const host = HostProcess.spawn(app, ['--log', file]);
    await until(() => existsSync(join(app.state, 'host-info.json')), Boolean);
    await host.kill('SIGTERM');
    expect(readFileSync(file, 'utf8')).toMatch(/information Host: Serving \d+ functions/);
    expect(host.log).toBe('APP START\nAPP END\n');
  });

  test('shows what functions log, and no line of theirs looks like one of its own', async () => {
    const host = await HostProcess.start(app);
    await fetch(`${host.url}/api/log`);
    await host.logged(/information Function.log: one\n {4}two\n/);
    expect(host.log).not.toContain('hidden');
  });

  test('lets answers finish when it is stopped, and takes no more requests', async () => {
    const host = await HostProcess.start(app, [], { GATE: gate });
    const late = fetch(`${host.url}/api/slow`).then((response) => response.text());
    await until(() => existsSync(`${gate}-entered`), Boolean);
    host.child.kill('SIGTERM');
    await host.logged(/Stopping: SIGTERM/);
    expect((await fetch(`${host.url}/api/log`).catch(() => undefined))?.status ?? 503).toBe(503);
    writeFileSync(gate, '');
    expect(await late).toBe('late');
    expect(await host.exited).toBe(0);
    expect(host.log).toContain('APP END');
  });

  test('stops by itself when nothing has been to do for long enough, but not before', async () => {
    const host = await HostProcess.start(app, ['--idle-seconds', '1']);
    const client = new HostClient(host.url);
    const id = await client.start('waits');
    // Longer than the second of idleness: the unfinished instance keeps the host.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(host.child.exitCode).toBeNull();
    await client.call('raiseEvent', id, 'go', 1);
    expect(await host.exited).toBe(0);
    expect(host.log).toContain('Stopping: nothing to do');
  });

  test('survives a promise of the app that nobody waits for', async () => {
    const host = await HostProcess.start(app);
    await fetch(`${host.url}/api/reject`);
    await host.logged(/A promise of the app was rejected .*nobody waits for this/);
    expect((await fetch(`${host.url}/api/log`)).ok).toBe(true);
  });

  test('runs the hooks of the app around its functions', async () => {
    const host = await HostProcess.start(app);
    expect(await (await fetch(`${host.url}/api/hooked`)).text()).toBe('from the hook');
    expect(host.log).toContain('APP START');
  });
});
