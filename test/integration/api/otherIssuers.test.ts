import { issuerKey } from '../../../shared/security/issuerKey';
import { roles } from '../../../shared/security/roles';
import { localIssuer, type Audience } from '../../../shared/security/tokens';
import { useApi } from '../../support/api';
import { forgeriesOf } from '../../support/forgedTokens';
import { ask } from '../../support/hostRequest';
import { OidcServer, type SigningKey } from '../../support/oidcServer';
import { registeredRoutes } from '../../support/registeredRoutes';

const environment: NodeJS.ProcessEnv = {
  BATCHPOINT_LOCAL_ISSUER: 'true',
  BATCHPOINT_AUDIENCE_DATA: 'api://batchpoint-data',
  BATCHPOINT_AUDIENCE_MANAGEMENT: 'api://batchpoint-management, 11111111-1111-1111-1111-111111111111',
};
const audiences = { data: 'api://batchpoint-data', management: 'api://batchpoint-management' } as const;

let server: OidcServer;
let key: SigningKey;
beforeAll(async () => {
  server = await OidcServer.start();
  key = await server.addKey('first');
  environment['BATCHPOINT_ISSUER'] = server.issuer;
});
const api = useApi(environment);
afterAll(() => server.stop());

const declared = registeredRoutes().filter(({ operation }) => operation !== undefined);

const token = (audience: Audience, claims: object = { roles }): Promise<string> =>
  server.token(key, { aud: audiences[audience], ...claims });

/** Keys take their time to be made, so what has to be refused is made once. */
const forged: Record<Audience, Record<string, string>> = { data: {}, management: {} };
beforeAll(async () => {
  for (const audience of ['data', 'management'] as const)
    forged[audience] = await forgeriesOf(await token(audience), key);
});

describe.each(declared)('$method $name', ({ method, path, operation }) => {
  // The answer to a HEAD has no body that could say why.
  const says = (code: unknown): unknown => (method === 'HEAD' ? '' : code);
  const audience = operation?.audience ?? 'management';
  const send = async (authorization: string): Promise<{ status: number; code: string }> => {
    const { status, body } = await ask(api.host.url, path, { method, headers: { authorization } });
    const code = body.startsWith('{"error"')
      ? (JSON.parse(body) as { error: { code: string } }).error.code
      : '';
    return { status, code };
  };

  test('takes a token of the other issuer as it takes one of its own', async () => {
    const other = await send(`Bearer ${await token(audience)}`);
    expect(other).toEqual(await send(`Bearer ${await api.host.token(audience)}`));
    expect([401, 403, 503]).not.toContain(other.status);
  });

  test('refuses every token that is not a good one', async () => {
    for (const [fault, authorization] of Object.entries(forged[audience])) {
      const { status, code } = await send(authorization);
      expect([fault, status, code]).toEqual([
        fault,
        401,
        says(expect.stringMatching(/^Token(Missing|Invalid)$/)),
      ]);
    }
  });

  test('refuses a token for the other plane, for Azure, and without the role', async () => {
    const other = audience === 'data' ? 'management' : 'data';
    for (const aud of [audiences[other], 'https://ml.azure.com', 'https://management.azure.com'])
      expect(await send(`Bearer ${await token(audience, { roles, aud })}`)).toEqual({
        status: 401,
        code: says('TokenInvalid'),
      });
    const fewer = roles.filter((role) => role !== operation?.role);
    for (const claims of [{}, { roles: fewer }, { scp: fewer.join(' ') }])
      expect(await send(`Bearer ${await token(audience, claims)}`)).toEqual({
        status: 403,
        code: says('RoleMissing'),
      });
  });
});

describe('Of two issuers', () => {
  const list = async (authorization: string): Promise<number> =>
    (await api.send('GET', '/models', { token: authorization })).status;

  test('neither can sign for the other', async () => {
    const local = await issuerKey(api.host.state);
    const local2 = { id: local.id, privateKey: local.privateKey, publicKey: local.publicKey };
    const { management } = audiences;
    const azure = 'https://management.azure.com';
    expect(await list(await server.token(key, { aud: management, roles }))).toBe(200);
    expect(await list(await server.token(local2, { aud: azure, roles, iss: localIssuer }))).toBe(200);
    for (const aud of [management, azure]) {
      expect(await list(await server.token(local2, { aud, roles }))).toBe(401);
      expect(await list(await server.token(key, { aud, roles, iss: localIssuer }))).toBe(401);
      expect(await list(await server.token({ ...key, id: local.id }, { aud, roles, iss: localIssuer }))).toBe(
        401,
      );
      expect(await list(await server.token({ ...local2, id: key.id }, { aud, roles }))).toBe(401);
    }
  });

  test('a caller may have its roles as scopes', async () => {
    const scp = 'openid Endpoints.Read';
    expect(await list(await token('management', { scp }))).toBe(200);
    expect(await list(await token('management', { scp: scp.toLowerCase() }))).toBe(403);
  });

  test('keys that come later are found, and no more often than the cooldown allows', async () => {
    const before = server.reads;
    const unknown = { ...key, id: 'nobody' };
    for (let i = 0; i < 10; i++) expect(await list(await server.token(unknown, { roles }))).toBe(401);
    expect(server.reads - before).toBeLessThanOrEqual(1);
  });
});

test('the app shows its own key, which signs its own tokens', async () => {
  const { body } = await ask(api.host.url, '/.well-known/openid-configuration');
  const metadata = JSON.parse(body) as { issuer: string; jwks_uri: string };
  expect(metadata.issuer).toBe(localIssuer);
  const { keys } = JSON.parse((await ask(api.host.url, new URL(metadata.jwks_uri).pathname)).body) as {
    keys: Record<string, string>[];
  };
  const { id } = await issuerKey(api.host.state);
  expect(keys).toEqual([{ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: id, use: 'sig', alg: 'RS256' }]);
});
