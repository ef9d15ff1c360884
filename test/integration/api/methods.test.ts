import { useApi } from '../../support/api';

const api = useApi();

beforeAll(() => api.host.ask('PUT', '/batchEndpoints/there', { properties: {} }));

test.each([
  ['POST', '/batchEndpoints/there', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
  ['DELETE', '/batchEndpoints', 'GET, HEAD, OPTIONS'],
  ['PUT', '/batchEndpoints/there/jobs', 'GET, HEAD, OPTIONS, POST'],
  ['GET', '/jobs/some/cancel', 'OPTIONS, POST'],
])('%s of %s is refused, and the answer says what the path takes', async (method, path, allowed) => {
  const { status, headers, body } = await api.send(method, path);
  expect([status, body.error.code, headers.allow]).toEqual([405, 'MethodNotAllowed', allowed]);
  expect(body.error.message).toContain(allowed);
});

test('OPTIONS tells what a path takes, and of a path that is not there, that it is not', async () => {
  const { status, headers, body } = await api.send('OPTIONS', '/batchEndpoints/any');
  expect([status, headers.allow, body]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT', '']);
  expect(await api.refusal('OPTIONS', '/nothing')).toEqual([404, 'RouteNotFound']);
});

test('HEAD is answered as GET is, without the body', async () => {
  for (const path of [
    '/batchEndpoints/there',
    '/batchEndpoints',
    '/batchEndpoints/there/jobs',
    '/jobs/none',
  ]) {
    const [get, head] = [await api.send('GET', path), await api.send('HEAD', path)];
    expect([head.status, head.headers.etag, head.body]).toEqual([get.status, get.headers.etag, '']);
  }
});
