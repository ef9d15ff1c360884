import { apiVersions } from '../../../functions/http/apiVersions';
import { useApi } from '../../support/api';

const api = useApi();

const places = [
  ['management', '/batchEndpoints'],
  ['data', '/batchEndpoints/scored/jobs'],
] as const;

beforeAll(() => api.host.ask('PUT', '/batchEndpoints/scored', { properties: {} }));

describe.each(places)('The api-version of the %s plane', (plane, path) => {
  test.each(apiVersions[plane])('may be %s', async (version) => {
    expect((await api.send('GET', `${path}?api-version=${version}`)).status).toBe(200);
    expect((await api.send('GET', `${path}?API-Version=${version.toUpperCase()}`)).status).toBe(200);
  });

  test('may be left out', async () => {
    expect((await api.send('GET', path)).status).toBe(200);
  });

  test.each(['1999-01-01', '', 'latest', '2024-04-01%20', '%00', 'x'.repeat(5_000)])(
    'is refused where it is %s, with those that are known',
    async (version) => {
      const { status, body } = await api.send('GET', `${path}?api-version=${version}`);
      expect([status, body.error.code]).toEqual([400, 'ApiVersionUnknown']);
      for (const known of apiVersions[plane]) expect(body.error.message).toContain(known);
    },
  );

  test('is refused where it is given twice and one of them is not known', async () => {
    const [known] = apiVersions[plane];
    for (const query of [`api-version=${known}&api-version=x`, `api-version=x&Api-Version=${known}`])
      expect(await api.refusal('GET', `${path}?${query}`)).toEqual([400, 'ApiVersionUnknown']);
  });
});

test('a version of the other plane is not known', async () => {
  const [[, management], [, data]] = places;
  expect(await api.refusal('GET', `${management}?api-version=2020-09-01-dataplanepreview`)).toEqual([
    400,
    'ApiVersionUnknown',
  ]);
  expect(await api.refusal('GET', `${data}?api-version=2024-04-01`)).toEqual([400, 'ApiVersionUnknown']);
});

test('nothing is done for a request with a version that is not known', async () => {
  const body = { properties: {} };
  expect(await api.refusal('PUT', '/batchEndpoints/unmade?api-version=1', { body })).toEqual([
    400,
    'ApiVersionUnknown',
  ]);
  expect((await api.send('GET', '/batchEndpoints/unmade')).status).toBe(404);
});

test('the link to the next page has the version and the other parameters of the request', async () => {
  for (const name of ['page-a', 'page-b', 'page-c'])
    await api.host.ask('PUT', `/batchEndpoints/${name}`, { properties: {} });
  const { body } = await api.send<{ nextLink: string }>(
    'GET',
    '/batchEndpoints?api-version=2022-05-01&$top=1&x=y',
  );
  const query = new URL(body.nextLink).searchParams;
  expect([query.get('api-version'), query.get('$top'), query.get('x')]).toEqual(['2022-05-01', '1', 'y']);
  expect(query.get('$skip')).not.toBeNull();
});
