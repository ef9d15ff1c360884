import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { clientFunctions, HostClient } from '../../../support/hostClient';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const source = `${clientFunctions}
df.app.orchestration('now', function* () { return 'done'; });`;

describe('The API for orchestrations', () => {
  let app: AppFolder;
  let host: HostProcess;
  let path: string;

  beforeAll(async () => {
    app = makeApp(source);
    host = await HostProcess.start(app);
    await new HostClient(host.url).run('now', {}, 'it');
    const { rpcBaseUrl } = await new HostClient(host.url).binding();
    path = new URL(rpcBaseUrl).pathname;
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('is there for the app, under a path of which a part is secret', async () => {
    expect(path).toMatch(/^\/runtime\/[\w-]{43}\/durabletask\/$/);
    expect((await ask(host.url, `${path}instances/it`)).status).toBe(200);
  });

  test.each([
    '/runtime/wrong/durabletask/instances/it',
    '/runtime//durabletask/instances/it',
    '/durabletask/instances/it',
  ])('is not there for others: %s', async (other) => {
    expect((await ask(host.url, other)).status).toBe(404);
  });

  test.each(['', '?code=', '?code=wrong'])(
    'asks for the key at the addresses that are handed out: %s',
    async (query) => {
      expect((await ask(host.url, `/runtime/webhooks/durabletask/instances/it${query}`)).status).toBe(401);
    },
  );

  test('refuses entities at once, by name', async () => {
    const client = new HostClient(host.url);
    for (const operation of ['signalEntity', 'readEntityState']) {
      await expect(client.call(operation, { name: 'counter', key: 'k' }, 'add', 1)).rejects.toThrow(
        'The embedded host does not support durable entities',
      );
    }
  });

  test('keeps its key over a restart, so that addresses stay good', async () => {
    await host.kill();
    host = await HostProcess.start(app);
    expect((await ask(host.url, `${path}instances/it`)).status).toBe(200);
  });
});
