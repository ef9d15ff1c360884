import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { issuerKey } from '../../shared/security/issuerKey';
import { JobLinks } from '../../shared/security/jobLinks';
import { LocalTokens, type Audience } from '../../shared/security/tokens';
import type { SigningKey } from './oidcServer';

const hour = 3_600;

/** Values of the header `Authorization` that the host of a state folder must refuse, by what is wrong with them. */
export async function forgedTokens(state: string, audience: Audience): Promise<Record<string, string>> {
  const key = await issuerKey(state);
  const now = (): Date => new Date();
  const { accessToken } = await new LocalTokens(key, now).issue(audience);
  return {
    ...(await forgeriesOf(accessToken, key)),
    'a link to a page': `Bearer ${new JobLinks(key.linkSecret, now).issue('job')}`,
  };
}

/** The same for any issuer, made of a good token of it and the key that it was signed with. */
export async function forgeriesOf(good: string, key: SigningKey): Promise<Record<string, string>> {
  const other = (await generateKeyPair('RS256')).privateKey;
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const sign = (more: JWTPayload, by: CryptoKey | Uint8Array = key.privateKey, alg = 'RS256', kid = key.id) =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg, kid }).sign(by);
  const hmac = (secret: string): Promise<string> => sign({}, new TextEncoder().encode(secret), 'HS256');
  const shifted = (seconds: number): Promise<string> => {
    const { iat = 0, nbf = 0, exp = 0 } = claims;
    return sign({ iat: iat + seconds, nbf: nbf + seconds, exp: exp + seconds });
  };
  const bearer: Record<string, string> = {
    'a word that is no token': 'secret',
    'three parts that are none': 'abc.def.ghi',
    'the signature of another token': `${header}.${payload}.${signature.split('').reverse().join('')}`,
    'no signature': `${header}.${payload}.`,
    'claims changed after it was signed': `${header}.${encode({ ...claims, sub: 'somebody else' })}.${signature}`,
    'signed by another key': await sign({}, other),
    'signed by another key of another id': await sign({}, other, 'RS256', 'another'),
    'signed by a key that it brings itself': await bringing(claims),
    expired: await shifted(-2 * hour),
    'not yet valid': await shifted(2 * hour),
    'alg none': `${encode({ alg: 'none', kid: key.id })}.${payload}.`,
    'alg none with a signature': `${encode({ alg: 'none', kid: key.id })}.${payload}.${signature}`,
    'HS256 with the public key as its secret': await hmac(await exportSPKI(key.publicKey)),
    'HS256 with the public key as JSON': await hmac(await publicJson(key.publicKey)),
    'PS256 for its algorithm': await misnamed(claims, key),
    'another issuer': await sign({ iss: 'https://sts.windows.net/' }),
    'the issuer in another spelling': await sign({ iss: `${claims.iss ?? ''}/` }),
    'no issuer': await sign({ iss: undefined }),
    'an audience of others': await sign({ aud: 'https://graph.microsoft.com' }),
    'no audience': await sign({ aud: undefined }),
    'no expiry': await sign({ exp: undefined }),
    'nobody in it': await sign({ sub: undefined }),
  };
  return {
    'another scheme': `Basic ${Buffer.from(`user:${good}`).toString('base64')}`,
    'no scheme': good,
    'nothing after the scheme': 'Bearer ',
    'two tokens': `Bearer ${good}, Bearer ${good}`,
    ...Object.fromEntries(Object.entries(bearer).map(([fault, token]) => [fault, `Bearer ${token}`])),
  };
}

/** With the key in the header, which whoever believes it could take for the issuer's. */
async function bringing(claims: JWTPayload): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'brought', jwk }).sign(privateKey);
}

/** Signed by the right key, under the name of another algorithm of its kind. */
async function misnamed(claims: JWTPayload, { id, privateKey }: SigningKey): Promise<string> {
  const signed = `${encode({ alg: 'PS256', kid: id })}.${encode(claims)}`;
  const bytes = new TextEncoder().encode(signed);
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes);
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

async function publicJson(key: CryptoKey): Promise<string> {
  const { kty, n, e } = await exportJWK(key);
  return JSON.stringify({ kty, n, e });
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
