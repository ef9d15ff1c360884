import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const source = `require('@azure/functions').app.http('ping', { authLevel: 'anonymous', handler: () => ({}) });`;

describe('A state folder', () => {
  let app: AppFolder;

  beforeEach(() => {
    app = makeApp(source);
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('tells where its host is, to its owner only', async () => {
    const host = await HostProcess.start(app);
    const info = join(app.state, 'host-info.json');
    expect(JSON.parse(readFileSync(info, 'utf8'))).toEqual({
      pid: host.child.pid,
      url: host.url,
      port: Number(new URL(host.url).port),
      version: '1.2.3',
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    });
    expect(statSync(info).mode & 0o777).toBe(0o600);
    expect(statSync(app.state).mode & 0o777).toBe(0o700);
  });

  test('is held by one host at a time: a second one says who has it', async () => {
    const host = await HostProcess.start(app);
    const second = HostProcess.spawn(app);
    expect(await second.exited).toBe(1);
    expect(second.log).toContain(
      `StateFolderHeld: The state folder '${app.state}' is held by another host (process ${host.child.pid})`,
    );
    expect((await fetch(`${host.url}/api/ping`)).ok).toBe(true);
  });

  test('is free when its host was killed, and the next one says where it is', async () => {
    const first = await HostProcess.start(app);
    await first.kill();
    expect(existsSync(join(app.state, 'host-info.json'))).toBe(true);
    const next = await HostProcess.start(app);
    expect(readFileSync(join(app.state, 'host-info.json'), 'utf8')).toContain(next.url);
  });

  test('tells of no host when it was stopped', async () => {
    const host = await HostProcess.start(app);
    expect(await host.kill('SIGINT')).toBe(0);
    expect(existsSync(join(app.state, 'host-info.json'))).toBe(false);
  });

  test('with an old note of a host that is gone is not held', async () => {
    await (await HostProcess.start(app)).kill('SIGTERM');
    writeFileSync(join(app.state, 'host-info.json'), '{"pid": 1}');
    expect((await HostProcess.start(app)).url).not.toBe('');
  });
});
