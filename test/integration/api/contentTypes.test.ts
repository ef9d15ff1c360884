import { useApi } from '../../support/api';

const api = useApi();
const body = { properties: {} };
const put = (type: string): Parameters<typeof api.send> => [
  'PUT',
  '/batchEndpoints/typed',
  { body, headers: { 'content-type': type } },
];

beforeAll(() => api.host.ask('PUT', '/batchEndpoints/typed', body));

test.each([
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
  '',
])('a body may be said to be %s', async (type) => {
  expect((await api.send(...put(type))).status).toBe(200);
});

test.each([
  'application/x-www-form-urlencoded',
  'text/plain;charset=UTF-8',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/merge-patch+json',
  'json',
  ', application/json',
])('a body that is said to be %s is refused, and the answer says what it has to be', async (type) => {
  const answer = await api.send(...put(type));
  expect([answer.status, answer.body.error.code]).toEqual([415, 'ContentTypeUnsupported']);
  expect(answer.body.error.message).toContain('Content-Type: application/json');
});

test.each(['application/json', 'application/merge-patch+json'])(
  'a patch may be said to be %s',
  async (type) => {
    const request = { body: { tags: { as: type } }, headers: { 'content-type': type } };
    const { status, body: patched } = await api.send<{ tags: object }>(
      'PATCH',
      '/batchEndpoints/typed',
      request,
    );
    expect([status, patched.tags]).toEqual([200, { as: type }]);
  },
);

test('a request without a body may say what it likes', async () => {
  const headers = { 'content-type': 'text/plain' };
  expect((await api.send('GET', '/batchEndpoints/typed', { headers })).status).toBe(200);
  expect((await api.send('DELETE', '/batchEndpoints/untyped', { headers })).status).toBe(204);
});
