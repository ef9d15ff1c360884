import { issuerKey } from '../../../shared/security/issuerKey';
import { JobLinks } from '../../../shared/security/jobLinks';
import type { Audience } from '../../../shared/security/tokens';
import { useApi } from '../../support/api';
import { forgedTokens } from '../../support/forgedTokens';
import { ask } from '../../support/hostRequest';
import { registeredRoutes, type RegisteredRoute } from '../../support/registeredRoutes';

const api = useApi();
const routes = registeredRoutes();
const open = ['health', 'openApi', 'issuerMetadata', 'issuerKeys', 'cloudMetadata', 'discovery'];
const byLink = ['studioJob', 'studioJobFile', 'studioJobLog'];
const byToken = routes.filter(({ name }) => ![...open, ...byLink].includes(name));

/** Values of the header that have to be refused: keys take their time to be made, so they are made once. */
const forged: Record<Audience, Record<string, string>> = { data: {}, management: {} };
beforeAll(async () => {
  for (const audience of ['data', 'management'] as const)
    forged[audience] = await forgedTokens(api.host.state, audience);
});

/** Jobs of endpoints are the data plane; a path that leads nowhere may be meant for either. */
function audiencesOf({ name, path }: RegisteredRoute): Audience[] {
  if (name === 'unknownRoute') return ['data', 'management'];
  return /\/batchEndpoints\/[^/]+\/(deployments\/[^/]+\/)?jobs/.test(path) ? ['data'] : ['management'];
}

function send({ method, path }: RegisteredRoute, headers: Record<string, string>): ReturnType<typeof ask> {
  return ask(api.host.url, path, { method, headers });
}

function codeOf(body: string): unknown {
  return body === '' ? undefined : (JSON.parse(body) as { error: { code: string } }).error.code;
}

test('the product has the routes that these tests go through', () => {
  expect(byToken.length).toBeGreaterThan(40);
  expect(routes.map(({ name }) => name)).toEqual(expect.arrayContaining([...open, ...byLink]));
});

test('the route for what leads nowhere comes last, as hosts take the first name that fits', () => {
  const names = routes.map(({ name }) => name.toUpperCase()).sort();
  expect(names.at(-1)).toBe('UNKNOWNROUTE');
});

test('health is told without a token, and tells nothing that is not public', async () => {
  const answer = await ask(api.host.url, '/health');
  expect(answer.status).toBe(200);
  expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(['status', 'version']);
});

describe.each(byToken)('$method $name', (route) => {
  const isHead = route.method === 'HEAD';

  test('is refused without a token', async () => {
    const { status, headers, body } = await send(route, {});
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    if (!isHead) expect(codeOf(body)).toBe('TokenMissing');
  });

  test('is refused with every token that is not a good one', async () => {
    const [audience = 'management'] = audiencesOf(route);
    for (const [fault, authorization] of Object.entries(forged[audience])) {
      const { status, body } = await send(route, { authorization });
      expect([fault, status]).toEqual([fault, 401]);
      if (!isHead) expect(codeOf(body)).toMatch(/^Token(Missing|Invalid)$/);
      expect(body).not.toContain(authorization.slice(-20));
    }
  });

  test('takes tokens for its own audience alone', async () => {
    const accepted: Audience[] = [];
    for (const audience of ['data', 'management'] as const) {
      const authorization = `Bearer ${await api.host.token(audience)}`;
      const { status } = await send(route, { authorization });
      if (status !== 401) accepted.push(audience);
      expect(status).toBeLessThan(500);
    }
    expect(accepted).toEqual(audiencesOf(route));
  });
});

test('a token counts in the header alone, and its scheme in any case', async () => {
  const token = await api.host.token();
  expect(await api.refusal('GET', `/models?token=${token}&access_token=${token}`, { token: null })).toEqual([
    401,
    'TokenMissing',
  ]);
  const headers = { authorization: `bearer ${token}` };
  expect((await api.send('GET', '/models', { token: null, headers })).status).toBe(200);
});

describe.each(byLink)('%s', (name) => {
  const path = (token: string): string =>
    `${routes.find((one) => one.name === name)?.path ?? ''}${token === '' ? '' : `?token=${token}`}`;

  test('is refused without a link to this job, and says what to do on a page', async () => {
    const links = new JobLinks((await issuerKey(api.host.state)).linkSecret, () => new Date());
    const refused = [
      await api.host.token('management'),
      await api.host.token('data'),
      links.issue('another'),
    ];
    for (const token of ['', 'broken', ...refused]) {
      const { status, headers, body } = await ask(api.host.url, path(token));
      expect(status).toBe(401);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('batchpoint job show --web');
    }
  });

  test('takes no token from the header', async () => {
    const headers = { authorization: `Bearer ${await api.host.token()}` };
    expect((await ask(api.host.url, path(''), { headers })).status).toBe(401);
  });
});
