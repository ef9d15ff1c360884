import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const limit = 1000;

const source = (isStreaming: boolean): string => `
const { app } = require('@azure/functions');
app.setup({ enableHttpStream: ${isStreaming} });
app.http('size', { authLevel: 'anonymous', methods: ['POST'], handler: async (request) =>
  ({ body: String((await request.arrayBuffer()).byteLength) }) });
`;

describe.each([false, true])('A body (streamed: %s)', (isStreaming) => {
  let host: HostProcess;

  beforeAll(async () => {
    host = await HostProcess.start(makeApp(source(isStreaming)), [], {
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(limit),
    });
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('may be as long as the limit', async () => {
    const answer = await ask(host.url, '/api/size', { method: 'POST', body: 'x'.repeat(limit) });
    expect(answer).toMatchObject({ status: 200, body: String(limit) });
  });

  test('is refused with 413 when it says that it is longer', async () => {
    expect((await ask(host.url, '/api/size', { method: 'POST', body: 'x'.repeat(limit + 1) })).status).toBe(
      413,
    );
  });

  test('is refused with 413 when it turns out to be longer', async () => {
    const body = ['x'.repeat(limit), 'x'.repeat(limit)];
    expect((await ask(host.url, '/api/size', { method: 'POST', body })).status).toBe(413);
  });

  test('of the next request is read as ever', async () => {
    expect((await ask(host.url, '/api/size', { method: 'POST', body: ['ab', 'c'] })).body).toBe('3');
  });
});
