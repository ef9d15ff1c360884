import { appendFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const source = `
const { app } = require('@azure/functions');
const { existsSync } = require('node:fs');
app.setup({ enableHttpStream: true });
const add = (name, options, handler) => app.http(name, { authLevel: 'anonymous', ...options, handler });
async function* slowly() {
  yield Buffer.from('first');
  while (!existsSync(process.env.GATE)) await new Promise((resolve) => setTimeout(resolve, 5));
  yield Buffer.from('second');
}
add('slowly', {}, () => ({ body: slowly() }));
add('upper', { methods: ['POST'], route: 'upper/{name}' }, async (request) => {
  let text = request.params.name + ' ' + request.query.get('q') + ' ' + request.headers.get('x-given') + ':';
  for await (const part of request.body) text += Buffer.from(part).toString('utf8').toUpperCase();
  return { status: 201, body: text, headers: { 'x-made': 'yes' } };
});
add('throws', {}, () => { throw new Error('it broke'); });
async function* broken() { yield Buffer.from('some'); throw new Error('the source broke'); }
add('broken', {}, () => ({ body: broken() }));
`;

describe('An app that streams', () => {
  let host: HostProcess;
  let gate: string;

  beforeAll(async () => {
    const app = makeApp(source);
    gate = join(app.root, 'gate');
    host = await HostProcess.start(app, [], { GATE: gate });
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('sends the first part of an answer before there is a second', async () => {
    const response = await new Promise<IncomingMessage>((resolve) =>
      request(`${host.url}/api/slowly`, resolve).end(),
    );
    const parts: string[] = [];
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part.toString('utf8'));
      appendFileSync(gate, '');
    }
    expect(parts).toEqual(['first', 'second']);
  });

  test('reads a request part by part, with its parameters and headers', async () => {
    const headers = { 'x-given': 'header' };
    const answer = await ask(host.url, '/api/upper/a%20b?q=1', {
      method: 'POST',
      headers,
      body: ['one ', 'two'],
    });
    expect(answer).toMatchObject({ status: 201, body: 'a b 1 header:ONE TWO' });
    expect(answer.headers['x-made']).toBe('yes');
  });

  test('answers 500 when its function fails', async () => {
    expect(await ask(host.url, '/api/throws')).toMatchObject({ status: 500, body: '' });
  });

  test('breaks an answer off when its source breaks', async () => {
    await expect(ask(host.url, '/api/broken')).rejects.toThrow();
  });
});
