import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { issuerKey, type IssuerKey } from '../../../shared/security/issuerKey';
import { audiences } from '../../../shared/security/audiences';
import { knownKeys, publicKeySet } from '../../../shared/security/issuerKeys';
import { localIssuer, LocalTokens } from '../../../shared/security/tokens';
import { OidcServer } from '../../support/oidcServer';
import { TokenVerifier } from '../../../shared/security/tokenVerifier';

describe('tokens of the local issuer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-tokens-'));
  let key: IssuerKey;
  let now = new Date('2026-01-01T00:00:00Z');
  let issuer: LocalTokens;
  let tokens: TokenVerifier;

  beforeAll(async () => {
    key = await issuerKey(join(folder, 'state'));
    issuer = new LocalTokens(key, () => now);
    const { data, management } = audiences;
    tokens = new TokenVerifier(
      [
        {
          issuer: localIssuer,
          keys: knownKeys(await publicKeySet(key)),
          audiences: { data: [data], management: [management] },
        },
      ],
      () => now,
    );
  });

  beforeEach(() => {
    now = new Date('2026-01-01T00:00:00Z');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('are issued where the user has a number and no name, as in a container', async () => {
    const nameless = jest.spyOn(os, 'userInfo').mockImplementation(() => {
      throw Object.assign(new Error('uv_os_get_passwd returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
    });
    try {
      const { name } = await tokens.verify(await bearer(), 'data');
      expect(name).toMatch(/^uid \d+$/);
    } finally {
      nameless.mockRestore();
    }
  });

  const bearer = async (audience: 'data' | 'management' = 'data'): Promise<string> =>
    `Bearer ${(await issuer.issue(audience)).accessToken}`;

  function forged(
    change: (token: SignJWT) => SignJWT,
    header: object = {},
    ends = true,
    by: CryptoKey = key.privateKey,
  ): Promise<string> {
    const token = new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: key.id, ...header })
      .setIssuer('urn:batchpoint:local')
      .setAudience('https://ml.azure.com')
      .setSubject('somebody');
    if (ends) token.setExpirationTime(new Date('2026-01-01T01:00:00Z'));
    return change(token).sign(by);
  }

  test('are made with a key that only the owner can read, and that stays the same', async () => {
    expect(statSync(join(folder, 'state', 'issuer-key.json')).mode & 0o777).toBe(0o600);
    expect((await issuerKey(join(folder, 'state'))).id).toBe(key.id);
  });

  test('have one key, also where two make it at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => issuerKey(join(folder, 'at-once'))));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test.each([0o640, 0o604, 0o660])(
    'are not signed with a key of mode %p, which others know',
    async (mode) => {
      const state = join(folder, `exposed-${mode}`);
      await issuerKey(state);
      const file = join(state, 'issuer-key.json');
      chmodSync(file, mode);
      await expect(issuerKey(state)).rejects.toMatchObject({
        code: 'IssuerKeyExposed',
        message: expect.stringContaining(`chmod 600 ${file}`) as string,
      });
      expect(readdirSync(state)).toEqual(['issuer-key.json']);
      chmodSync(file, 0o400);
      await issuerKey(state);
    },
  );

  test('are not signed with a key that somebody else has put there', async () => {
    const state = join(folder, 'foreign');
    await issuerKey(state);
    const uid = process.getuid?.() ?? 0;
    if (uid === 0) {
      // Only root can give a file away.
      chownSync(join(state, 'issuer-key.json'), 1, 1);
      await expect(issuerKey(state)).rejects.toMatchObject({ code: 'IssuerKeyExposed' });
    } else expect(statSync(join(state, 'issuer-key.json')).uid).toBe(uid);
  });

  test('are not believed by keys that they name themselves, and nobody asks there', async () => {
    const elsewhere = await OidcServer.start();
    try {
      const { privateKey } = await elsewhere.addKey(key.id);
      const place = `${elsewhere.issuer}/keys`;
      for (const header of [{ jku: place }, { x5u: place }, { jku: place, kid: 'another' }]) {
        const token = await forged((one) => one, header, true, privateKey);
        await expect(tokens.verify(`Bearer ${token}`, 'data')).rejects.toMatchObject({
          code: 'TokenInvalid',
        });
      }
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  test('let their owner in, for the audience that they are for', async () => {
    await expect(tokens.verify(await bearer('data'), 'data')).resolves.toHaveProperty('name');
    await expect(tokens.verify(await bearer('management'), 'management')).resolves.toHaveProperty('name');
  });

  test('are needed', async () => {
    for (const header of [null, '', 'Basic abc', 'Bearer']) {
      await expect(tokens.verify(header, 'data')).rejects.toMatchObject({
        code: 'TokenMissing',
        status: 401,
      });
    }
  });

  test.each<[string, () => Promise<string>]>([
    ['another audience', () => bearer('management')],
    ['no token at all in it', () => Promise.resolve('Bearer abc.def.ghi')],
    ['another issuer', async () => `Bearer ${await forged((token) => token.setIssuer('urn:else'))}`],
    ['no end to its time', async () => `Bearer ${await forged((token) => token, {}, false)}`],
    [
      'a time that is still to come',
      async () => `Bearer ${await forged((token) => token.setNotBefore(new Date('2026-01-01T00:10:00Z')))}`,
    ],
    ['a key that is not known', async () => `Bearer ${await forged((token) => token, { kid: 'other' })}`],
    ['no algorithm', () => Promise.resolve(`Bearer ${unsigned()}`)],
  ])('with %s are refused', async (_what, token) => {
    await expect(tokens.verify(await token(), 'data')).rejects.toMatchObject({
      code: 'TokenInvalid',
      status: 401,
    });
  });

  test('signed with the public key as a secret are refused', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: key.id })
      .setIssuer('urn:batchpoint:local')
      .setAudience('https://ml.azure.com')
      .setSubject('somebody')
      .setExpirationTime('1h')
      .sign(secret);
    await expect(tokens.verify(`Bearer ${token}`, 'data')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  test('signed by a key of somebody else under our id are refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const other = new LocalTokens({ ...key, privateKey }, () => now);
    await expect(tokens.verify(`Bearer ${(await other.issue('data')).accessToken}`, 'data')).rejects.toThrow(
      'its signature does not fit',
    );
  });

  test('expire', async () => {
    const token = await bearer();
    now = new Date('2026-01-01T01:30:00Z');
    await expect(tokens.verify(token, 'data')).rejects.toThrow('it has expired');
  });

  test('never show up in the error that refuses them', async () => {
    const token = await bearer('management');
    await expect(tokens.verify(token, 'data')).rejects.not.toThrow(token.slice(7));
  });

  function unsigned(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = {
      iss: 'urn:batchpoint:local',
      aud: 'https://ml.azure.com',
      sub: 'x',
      exp: 4_000_000_000,
    };
    return `${part({ alg: 'none', kid: key.id })}.${part(payload)}.`;
  }
});
