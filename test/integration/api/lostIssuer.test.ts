import { roles } from '../../../shared/security/roles';
import { useApi } from '../../support/api';
import { OidcServer, type SigningKey } from '../../support/oidcServer';

const environment: NodeJS.ProcessEnv = {};
let server: OidcServer;
let key: SigningKey;
beforeAll(async () => {
  server = await OidcServer.start();
  key = await server.addKey('first');
  environment['BATCHPOINT_ISSUER'] = server.issuer;
  await server.stop();
});
const api = useApi(environment);
afterAll(() => server.stop());

const aud = 'https://management.azure.com';

test('While the issuer is away and no key was read, a request is to be sent again', async () => {
  for (let i = 0; i < 3; i++) {
    const { status, body } = await api.send('GET', '/models', {
      token: await server.token(key, { aud, roles }),
    });
    expect([status, body.error.code]).toEqual([503, 'IssuerUnavailable']);
    expect(body.error.message).toContain(server.issuer);
  }
});

test('where the issuer is elsewhere, the key of the state folder opens nothing, and is not shown', async () => {
  const { status, body } = await api.send('GET', '/models', { token: await api.host.token() });
  expect([status, body.error.code]).toEqual([401, 'TokenInvalid']);
  for (const path of ['openid-configuration', 'jwks.json'])
    expect(await api.refusal('GET', `//.well-known/${path}`, { token: null })).toEqual([
      404,
      'RouteNotFound',
    ]);
});
