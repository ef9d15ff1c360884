import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { issuerKey } from '../../shared/security/issuerKey';
import { JobLinks } from '../../shared/security/jobLinks';
import { LocalTokens, type Audience } from '../../shared/security/tokens';

const hour = 3_600_000;

/** Values of the header `Authorization` that a host must refuse, by what is wrong with them. */
export async function forgedTokens(state: string, audience: Audience): Promise<Record<string, string>> {
  const key = await issuerKey(state);
  const other = (await generateKeyPair('RS256')).privateKey;
  const at = (offset: number): LocalTokens => new LocalTokens(key, () => new Date(Date.now() + offset));
  const good = (await at(0).issue(audience)).accessToken;
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const sign = (more: JWTPayload, by: CryptoKey | Uint8Array = key.privateKey, alg = 'RS256', kid = key.id) =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg, kid }).sign(by);
  const publicKey = readPublicKey(state);
  const bearer: Record<string, string> = {
    'a word that is no token': 'secret',
    'three parts that are none': 'abc.def.ghi',
    'the signature of another token': `${header}.${payload}.${signature.split('').reverse().join('')}`,
    'no signature': `${header}.${payload}.`,
    'claims changed after it was signed': `${header}.${encode({ ...claims, sub: 'somebody else' })}.${signature}`,
    'signed by another key': await sign({}, other),
    'signed by another key of another id': await sign({}, other, 'RS256', 'another'),
    expired: (await at(-2 * hour).issue(audience)).accessToken,
    'not yet valid': (await at(2 * hour).issue(audience)).accessToken,
    'alg none': `${encode({ alg: 'none', kid: key.id })}.${payload}.`,
    'alg none with a signature': `${encode({ alg: 'none', kid: key.id })}.${payload}.${signature}`,
    'HS256 with the public key as its secret': await hmac(sign, await exportSPKI(key.publicKey)),
    'HS256 with the public key as JSON': await hmac(sign, publicKey),
    'another issuer': await sign({ iss: 'https://sts.windows.net/' }),
    'an audience of others': await sign({ aud: 'https://graph.microsoft.com' }),
    'no expiry': await sign({ exp: undefined }),
    'nobody in it': await sign({ sub: undefined }),
    'a link to a page': new JobLinks(key.linkSecret, () => new Date()).issue('job'),
  };
  return {
    'another scheme': `Basic ${Buffer.from(`user:${good}`).toString('base64')}`,
    'no scheme': good,
    'nothing after the scheme': 'Bearer ',
    'two tokens': `Bearer ${good}, Bearer ${good}`,
    ...Object.fromEntries(Object.entries(bearer).map(([fault, token]) => [fault, `Bearer ${token}`])),
  };
}

type Sign = (more: JWTPayload, by: Uint8Array, alg: string) => Promise<string>;

function hmac(sign: Sign, secret: string): Promise<string> {
  return sign({}, new TextEncoder().encode(secret), 'HS256');
}

function readPublicKey(state: string): string {
  const { privateKey } = JSON.parse(readFileSync(join(state, 'issuer-key.json'), 'utf8')) as {
    privateKey: Record<string, string>;
  };
  const { kty, n, e } = privateKey;
  return JSON.stringify({ kty, n, e });
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
