import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { ask } from '../../../support/hostRequest';

const source = `
const { app } = require('@azure/functions');
const show = (name) => (request) => ({ jsonBody: { name, params: request.params, query: [...request.query], url: request.url } });
const add = (name, options) => app.http(name, { authLevel: 'anonymous', methods: ['GET'], ...options, handler: show(name) });
add('plain', {});
add('jobs', { route: 'jobs' });
add('oneJob', { route: 'jobs/{id}' });
add('jobPage', { route: 'jobs/{id}/page/{page:int?}' });
add('files', { route: 'files/{store}/{*path}' });
add('format', { route: 'report.{format}' });
add('write', { route: 'jobs', methods: ['POST', 'PUT'] });
add('zLast', { route: 'both/{any}' });
add('aFirst', { route: 'both/{some}' });
`;

describe('A request is led to the function of its route', () => {
  let host: HostProcess;

  beforeAll(async () => {
    host = await HostProcess.start(makeApp(source, { extensions: { http: { routePrefix: 'v1' } } }));
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test.each([
    ['/v1/plain', 'plain', {}],
    ['/v1/PLAIN', 'plain', {}],
    ['/V1/jobs/', 'jobs', {}],
    ['/v1/jobs/a1', 'oneJob', { id: 'a1' }],
    ['/v1/jobs/Ab%20C', 'oneJob', { id: 'Ab C' }],
    ['/v1/jobs/a%2Fb', 'oneJob', { id: 'a%2Fb' }],
    ['/v1/jobs/a1/page', 'jobPage', { id: 'a1' }],
    ['/v1/jobs/a1/page/7', 'jobPage', { id: 'a1', page: '7' }],
    ['/v1/files/s/a/b%20c/d.txt', 'files', { store: 's', path: 'a/b c/d.txt' }],
    ['/v1/files/s', 'files', { store: 's' }],
    ['/v1/report.csv', 'format', { format: 'csv' }],
  ])('%s', async (path, name, params) => {
    const answer = await ask(host.url, path);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ name, params });
  });

  test.each(['/', '/v1', '/api/plain', '/v1/jobs/a/b', '/v1/jobs/a1/page/x', '/v1/nothing'])(
    'or is unknown: %s',
    async (path) => {
      const answer = await ask(host.url, path);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'RouteNotFound' } });
    },
  );

  test('and its method', async () => {
    const answer = await ask(host.url, '/v1/jobs', { method: 'PUT' });
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'write' });
    expect(await ask(host.url, '/v1/jobs', { method: 'DELETE' })).toMatchObject({ status: 404 });
  });

  test('of two that fit, to the one whose name is first', async () => {
    const answer = await ask(host.url, '/v1/both/x');
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'aFirst', params: { some: 'x' } });
  });

  test('with its query, values of one name joined', async () => {
    const answer = await ask(host.url, '/v1/jobs?a=1&b=two%20words&a=3&empty=');
    const shown = JSON.parse(answer.body) as { query: string[][]; url: string };
    expect(shown.query).toEqual([
      ['a', '1,3'],
      ['b', 'two words'],
      ['empty', ''],
    ]);
    expect(shown.url).toBe(`${host.url}/v1/jobs?a=1&b=two%20words&a=3&empty=`);
  });

  test('unless an escape in it is broken', async () => {
    const answer = await ask(host.url, '/v1/jobs/%zz');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'PathInvalid' } });
  });
});
