import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { fetchIssuerKeys, isTrustworthy } from '../../../shared/security/issuerMetadata';
import { OidcServer } from '../../support/oidcServer';

describe('the keys of an issuer', () => {
  let server: OidcServer;
  const limits = { bytes: 20_000, milliseconds: 5_000 };

  beforeEach(async () => {
    server = await OidcServer.start();
    await server.addKey('one');
  });
  afterEach(() => server.stop());

  const metadata = '/tenant/.well-known/openid-configuration';
  const json = (response: ServerResponse, value: unknown): true => {
    response.end(JSON.stringify(value));
    return true;
  };

  test('are found by its metadata', async () => {
    const { keys } = await fetchIssuerKeys(server.issuer);
    expect(keys).toMatchObject([{ kid: 'one', kty: 'RSA' }]);
    expect(server.requests).toEqual([metadata, '/tenant/keys']);
  });

  test('are found also where its name ends with a slash', async () => {
    const issuer = `${server.issuer}/`;
    server.intercept(
      (path, response) => path === metadata && json(response, { issuer, jwks_uri: `${server.issuer}/keys` }),
    );
    expect((await fetchIssuerKeys(issuer)).keys).toHaveLength(1);
    await expect(fetchIssuerKeys(server.issuer)).rejects.toThrow('its metadata is that of another issuer');
  });

  test.each<[string, (path: string, response: ServerResponse) => boolean, string]>([
    ['garbage', (_path, response) => !!response.end('<html>'), 'its answer is not JSON of an issuer'],
    ['a list', (_path, response) => json(response, []), 'its answer is not JSON of an issuer'],
    ['nothing', (_path, response) => !!response.end(), 'its answer is not JSON of an issuer'],
    [
      'a redirect',
      (_path, response) => !!response.writeHead(302, { location: `${server.issuer}/keys` }).end(),
      'it answers with status 302',
    ],
    ['an error', (_path, response) => !!response.writeHead(500).end('{}'), 'it answers with status 500'],
    ['more than it may', (_path, response) => json(response, 'x'.repeat(20_000)), 'its answer is too long'],
    [
      'more than it may once it is unpacked',
      (_path, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        return !!response.end(gzipSync('x'.repeat(1_000_000)));
      },
      'its answer is too long',
    ],
    [
      'the name of another issuer',
      (_path, response) =>
        json(response, { issuer: 'https://example.com', jwks_uri: `${server.issuer}/keys` }),
      'its metadata is that of another issuer',
    ],
    [
      'no place for its keys',
      (_path, response) => json(response, { issuer: server.issuer }),
      'does not say where its keys are',
    ],
    [
      'a place for its keys that anybody could answer for',
      (_path, response) => json(response, { issuer: server.issuer, jwks_uri: 'http://example.com/keys' }),
      'do not lie at an https URL',
    ],
    [
      'a file for its keys',
      (_path, response) => json(response, { issuer: server.issuer, jwks_uri: 'file:///etc/passwd' }),
      'do not lie at an https URL',
    ],
    [
      'keys that are none',
      (path, response) => path === '/tenant/keys' && json(response, { keys: ['one'] }),
      'is no key set',
    ],
  ])('are not had where it says %s', async (_what, answer, reason) => {
    server.intercept(answer);
    await expect(fetchIssuerKeys(server.issuer, limits)).rejects.toThrow(reason);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  test.each<[string, (response: ServerResponse) => boolean]>([
    ['never begins', () => true],
    ['never ends', (response) => response.writeHead(200).write('{') || true],
  ])('are not waited for where its answer %s', async (_what, answer) => {
    server.intercept((_path, response) => answer(response));
    const patience = { ...limits, milliseconds: 100 };
    await expect(fetchIssuerKeys(server.issuer, patience)).rejects.toThrow(/in time|to its end/);
  });

  test('are not had where nobody is', async () => {
    await server.stop();
    await expect(fetchIssuerKeys(server.issuer)).rejects.toThrow('it cannot be reached');
  });
});

test.each([
  ['https://example.com/tenant', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080', true],
  ['http://localhost/', true],
  ['http://example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['https://user:word@example.com', false],
  ['file:///etc/passwd', false],
  ['example.com', false],
])('%s may be asked for keys: %p', (url, expected) => {
  expect(isTrustworthy(url)).toBe(expected);
});

test('an issuer elsewhere may not send this machine to itself for its keys', () => {
  const keys = 'http://127.0.0.1:8080/keys';
  expect(isTrustworthy(keys, 'https://example.com/tenant')).toBe(false);
  expect(isTrustworthy(keys, 'http://localhost:9090')).toBe(true);
  expect(isTrustworthy('https://keys.example.com', 'https://example.com/tenant')).toBe(true);
});
