import { audiences } from '../../../shared/security/audiences';
import type { Caller } from '../../../shared/security/caller';
import { RemoteKeys } from '../../../shared/security/remoteKeys';
import { TokenVerifier } from '../../../shared/security/tokenVerifier';
import { OidcServer, type SigningKey } from '../../support/oidcServer';

const [second, hour] = [1_000, 3_600_000];

describe('tokens of an issuer elsewhere', () => {
  let server: OidcServer;
  let key: SigningKey;
  let now: Date;
  let tokens: TokenVerifier;

  beforeEach(async () => {
    now = new Date('2026-01-01T00:00:00Z');
    server = await OidcServer.start();
    key = await server.addKey('one');
    const { data, management } = audiences;
    const keys = new RemoteKeys(server.issuer, () => now);
    const issuer = { issuer: server.issuer, keys, audiences: { data: [data], management: [management] } };
    tokens = new TokenVerifier([issuer], () => now);
  });
  afterEach(() => server.stop());

  const pass = (milliseconds: number): void => {
    now = new Date(now.getTime() + milliseconds);
  };
  /** Verifies a token that nobody has seen before. */
  const verify = async (by = key, claims = {}): Promise<Caller> =>
    tokens.verify(`Bearer ${await server.token(by, { jti: String(Math.random()), ...claims }, now)}`, 'data');
  const code = async (by?: SigningKey): Promise<string> =>
    verify(by).then(
      () => 'good',
      (error: { code: string }) => error.code,
    );

  test('are verified with keys that are read once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => verify()));
    pass(11 * hour);
    await verify();
    expect(server.reads).toBe(1);
  });

  test('are verified with keys that are read again after half a day', async () => {
    await verify();
    pass(25 * hour);
    await verify();
    expect(server.reads).toBe(2);
  });

  test('signed by a new key make the keys be read again', async () => {
    await verify();
    const next = await server.addKey('two');
    pass(31 * second);
    expect(await code(next)).toBe('good');
    expect(await code(key)).toBe('good');
    expect(server.reads).toBe(2);
  });

  test('signed by keys that nobody knows do not make them be read more often than the cooldown allows', async () => {
    await verify();
    const other = await OidcServer.start();
    const unknown = await other.addKey('unknown');
    await other.stop();
    for (let i = 0; i < 20; i++) expect(await code({ ...unknown, id: `unknown-${i}` })).toBe('TokenInvalid');
    expect(server.reads).toBe(1);
    pass(30 * second);
    for (let i = 0; i < 20; i++) expect(await code({ ...unknown, id: `unknown-${i}` })).toBe('TokenInvalid');
    expect(server.reads).toBe(2);
  });

  test('signed by another key under a known name are refused, and no key is read for them', async () => {
    await verify();
    const other = await OidcServer.start();
    const { privateKey } = await other.addKey('one');
    await other.stop();
    pass(hour);
    expect(await code({ ...key, privateKey })).toBe('TokenInvalid');
    expect(server.reads).toBe(1);
  });

  test('go on being accepted while their issuer is away, by the keys that are there', async () => {
    await verify();
    await server.stop();
    pass(100 * hour);
    expect(await code()).toBe('good');
    pass(100 * hour);
    expect(await code()).toBe('good');
  });

  test('are neither accepted nor refused where no key could be read, until one can', async () => {
    await server.stop();
    await expect(verify()).rejects.toMatchObject({
      code: 'IssuerUnavailable',
      status: 503,
      retryable: true,
      message: expect.stringContaining('it cannot be reached') as string,
    });
    await server.resume();
    pass(5 * second);
    expect(await code()).toBe('good');
  });

  test('of a key that is not known yet are not refused while their issuer is away', async () => {
    await verify();
    const next = await server.addKey('two');
    await server.stop();
    pass(31 * second);
    expect(await code(next)).toBe('IssuerUnavailable');
    expect(await code(key)).toBe('good');
    await server.resume();
    pass(5 * second);
    expect(await code(next)).toBe('good');
  });

  test('are refused once the issuer has taken their key away, also the ones that were seen before', async () => {
    const old = `Bearer ${await server.token(key, { exp: now.getTime() / 1000 + 400_000 }, now)}`;
    await tokens.verify(old, 'data');
    const next = await server.addKey('two');
    server.removeKey('one');
    pass(31 * second);
    expect(await tokens.verify(old, 'data')).toHaveProperty('name');
    await verify(next);
    await expect(tokens.verify(old, 'data')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  test('of one caller alone let the keys grow no older than a day', async () => {
    const old = `Bearer ${await server.token(key, { exp: now.getTime() / 1000 + 400_000 }, now)}`;
    await tokens.verify(old, 'data');
    server.removeKey('one');
    pass(24 * hour);
    await expect(tokens.verify(old, 'data')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  test('that were seen before are good for their own audience alone, and to their end', async () => {
    const token = `Bearer ${await server.token(key, {}, now)}`;
    await tokens.verify(token, 'data');
    await tokens.verify(token, 'data');
    await expect(tokens.verify(token, 'management')).rejects.toMatchObject({ code: 'TokenInvalid' });
    pass(hour + 61 * second);
    await expect(tokens.verify(token, 'data')).rejects.toThrow('it has expired');
  });

  test('need a key id, also where there is one key only', async () => {
    const [header = '', payload = ''] = (await server.token(key, {}, now)).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toHaveProperty('kid');
    const nameless = Buffer.from('{"alg":"RS256"}').toString('base64url');
    const data = new TextEncoder().encode(`${nameless}.${payload}`);
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key.privateKey, data);
    const token = `${nameless}.${payload}.${Buffer.from(signature).toString('base64url')}`;
    await expect(tokens.verify(`Bearer ${token}`, 'data')).rejects.toThrow('it was signed by another key');
  });

  test('tell who their caller is and what it may', async () => {
    const person = await verify(key, {
      oid: 'object',
      preferred_username: 'ada@example.com',
      scp: 'user_impersonation Jobs.Read Jobs.Cancel:Ours',
    });
    expect(person).toMatchObject({ name: 'ada@example.com', id: `${server.issuer}#object` });
    expect(person.grants.has('Jobs.Read')).toBe(true);
    expect(person.grants.has('Jobs.Cancel')).toBe(false);
    expect(person.grants.hasFor('Jobs.Cancel', 'ours')).toBe(true);
    const program = await verify(key, { appid: 'app', roles: ['Jobs.Invoke', 7, null], scp: ['Jobs.Read'] });
    expect(program).toMatchObject({ name: 'app', id: `${server.issuer}#subject` });
    expect(program.grants.has('Jobs.Invoke')).toBe(true);
    expect(program.grants.has('Jobs.Read')).toBe(false);
    const odd = await verify(key, {
      name: 'x',
      preferred_username: 'a\n2026 forged line',
      roles: 'Jobs.Read',
    });
    expect(odd.name).toBe('a 2026 forged line');
    expect(odd.grants.has('Jobs.Read')).toBe(false);
  });
});
