import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const source = `
const { app } = require('@azure/functions');
const add = (name, handler) => app.http(name, { authLevel: 'anonymous', methods: ['GET', 'POST'], handler });
add('throws', () => { throw new Error('it broke'); });
add('throwsText', () => { throw 'only text'; });
add('nothing', () => undefined);
add('text', () => 'not an object');
add('full', () => ({ status: 201, body: 'made', headers: { 'X-One': 'two', 'Content-Type': 'text/plain' }, cookies: [
  { name: 'a', value: 'b c', httpOnly: true, secure: true, sameSite: 'Strict', maxAge: 60 },
  { name: 'd', value: 'e', path: '/x', expires: new Date(1e12) } ] }));
add('echo', async (request) => ({ body: Buffer.from(await request.arrayBuffer()), headers: { 'content-type': 'application/octet-stream' } }));
add('empty', () => ({ status: 304 }));
`;

describe('What a function returns', () => {
  let host: HostProcess;

  beforeAll(async () => {
    host = await HostProcess.start(makeApp(source));
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('is sent with its status, its headers and its cookies', async () => {
    const answer = await ask(host.url, '/api/full');
    expect(answer).toMatchObject({ status: 201, body: 'made' });
    expect(answer.headers).toMatchObject({
      'x-one': 'two',
      'content-type': 'text/plain',
      'content-length': '4',
    });
    expect(answer.headers['set-cookie']).toEqual([
      'a=b%20c; max-age=60; path=/; secure; samesite=strict; httponly',
      'd=e; expires=Sun, 09 Sep 2001 01:46:40 GMT; path=/x',
    ]);
  });

  test('may be bytes', async () => {
    const body = 'ü€😀\u0000 end';
    expect((await ask(host.url, '/api/echo', { method: 'POST', body })).body).toBe(body);
  });

  test('may be read from a body of which the length is not known', async () => {
    expect((await ask(host.url, '/api/echo', { method: 'POST', body: ['one ', 'two'] })).body).toBe(
      'one two',
    );
  });

  test('may be nothing: that is 204', async () => {
    expect(await ask(host.url, '/api/nothing')).toMatchObject({ status: 204, body: '' });
  });

  test('may have no body', async () => {
    expect(await ask(host.url, '/api/empty')).toMatchObject({ status: 304, body: '' });
  });

  test.each(['throws', 'throwsText', 'text'])(
    'is 500 without a word when it fails, and the log says why: %s',
    async (name) => {
      expect(await ask(host.url, `/api/${name}`)).toMatchObject({ status: 500, body: '' });
      await host.logged(new RegExp(`error Function.${name}: `));
    },
  );
});
