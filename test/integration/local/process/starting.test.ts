import { createServer, type AddressInfo, type Server } from 'node:net';

import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const ping = `require('@azure/functions').app.http('ping', { authLevel: 'anonymous', handler: () => ({ body: 'pong' }) });`;

describe('A host that cannot start', () => {
  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('because its port is taken says so and leaves the state folder free', async () => {
    const other = await listening();
    const { port } = other.address() as AddressInfo;
    const app = makeApp(ping);
    expect(await refused(app, ['--port', String(port)])).toContain(
      `PortTaken: Port ${port} of 127.0.0.1 is taken`,
    );
    await new Promise((resolve) => other.close(resolve));
    const host = await HostProcess.start(app, ['--port', String(port)]);
    expect(host.url).toBe(`http://127.0.0.1:${port}`);
  });

  test.each([
    [
      'a blob trigger',
      "app.storageBlob('b', { path: 'c/{n}', connection: 'C', handler() {} })",
      "the trigger 'blobTrigger' of the function 'b'",
    ],
    [
      'a queue output',
      "app.http('q', { extraOutputs: [require('@azure/functions').output.storageQueue({ queueName: 'q', connection: 'C' })], handler() {} })",
      "the output 'queue' of the function 'q'",
    ],
    [
      'a blob input',
      "app.http('i', { extraInputs: [require('@azure/functions').input.storageBlob({ path: 'c/n', connection: 'C' })], handler() {} })",
      "the input 'blob' of the function 'i'",
    ],
    [
      'a retry option',
      "app.timer('r', { schedule: '0 * * * * *', retry: { strategy: 'fixedDelay', delayInterval: { seconds: 1 }, maxRetryCount: 2 }, handler() {} })",
      "the retry option of the function 'r'",
    ],
  ])('because the app has %s names it', async (_what, registration, named) => {
    const app = makeApp(`const { app } = require('@azure/functions'); ${registration};`);
    expect(await refused(app)).toContain(`FeatureNotSupported: The embedded host does not support ${named}`);
  });

  test.each([
    [
      'two functions of one name',
      "app.http('a', { handler() {} }); app.http('A', { handler() {} });",
      'FunctionNameTaken',
    ],
    ['a route that cannot be served', "app.http('a', { route: 'x/{y=1}', handler() {} });", 'RouteInvalid'],
    ['a schedule that is none', "app.timer('t', { schedule: 'at noon', handler() {} });", 'ScheduleInvalid'],
    ['no functions', '', 'AppFolderInvalid'],
    ['a module that fails', "throw new Error('it broke while loading');", 'it broke while loading'],
  ])('because the app has %s says so', async (_what, text, reason) => {
    expect(await refused(makeApp(`const { app } = require('@azure/functions'); ${text}`))).toContain(reason);
  });

  test('because a setting of host.json is wrong names it', async () => {
    const app = makeApp(ping, { functionTimeout: 5 });
    expect(await refused(app)).toContain(
      "HostFileInvalid: The setting 'functionTimeout' of host.json must be a time span",
    );
  });

  test('because there is no app says so', async () => {
    const app = makeApp(ping);
    expect(await refused({ root: `${app.root}/none`, state: app.state })).toContain('AppFolderInvalid');
  });

  test('because its command line is wrong says what it should be', async () => {
    const text = await refused(makeApp(ping), ['--prot', '1']);
    expect(text).toContain('CommandLineInvalid');
    expect(text).toContain('--app <folder> --state <folder>');
  });

  async function refused(app: AppFolder, args: readonly string[] = []): Promise<string> {
    const host = HostProcess.spawn(app, args);
    expect(await host.exited).toBe(1);
    return host.log;
  }
});

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}
