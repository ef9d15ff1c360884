import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const source = `
const { app } = require('@azure/functions');
const { writeFileSync } = require('node:fs');
app.http('touch', { authLevel: 'anonymous', handler: () => { writeFileSync(process.env.TOUCHED, ''); return { body: 'touched' }; } });
`;

describe('A request with another host in its header', () => {
  let app: AppFolder;
  let host: HostProcess;
  let port: string;
  let touched: string;

  beforeAll(async () => {
    app = makeApp(source);
    touched = join(app.root, 'touched');
    host = await HostProcess.start(app, [], { TOUCHED: touched });
    port = new URL(host.url).port;
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1:1',
    '127.0.0.1',
    '127.0.0.1:PORT:PORT',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
  ])('does not reach a function: %s', async (name) => {
    const answer = await ask(host.url, '/api/touch', { headers: { host: name.replaceAll('PORT', port) } });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'HostHeaderRefused' } });
    expect(existsSync(touched)).toBe(false);
  });

  test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LocalHost:PORT', '[::1]:PORT'])(
    'is another one than this: %s',
    async (name) => {
      const answer = await ask(host.url, '/api/touch', { headers: { host: name.replaceAll('PORT', port) } });
      expect(answer).toMatchObject({ status: 200, body: 'touched' });
    },
  );

  test('does not reach the durable API either', async () => {
    const headers = { host: `evil.example:${port}` };
    expect((await ask(host.url, '/runtime/webhooks/durabletask/instances', { headers })).status).toBe(403);
  });
});
