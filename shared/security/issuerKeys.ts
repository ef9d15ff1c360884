import { createLocalJWKSet, exportJWK, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { IssuerKey } from './issuerKey';

/** The public keys of an issuer. */
export interface IssuerKeys {
  /**
   * Finds the key of a token by its `kid`, for jose. Throws `JWKSNoMatchingKey` where the issuer has no such key, and
   * fails with `IssuerUnavailable` where that cannot be told now.
   */
  readonly find: JWTVerifyGetKey;
  /** Another number whenever the keys were read anew: what an earlier key has verified is verified again. */
  readonly edition: () => number;
}

/** The key of a state folder, as the set that an issuer shows to everybody. */
export async function publicKeySet({ id, publicKey }: IssuerKey): Promise<JSONWebKeySet> {
  const { kty, n, e } = await exportJWK(publicKey);
  return {
    keys: [{ ...(kty && { kty }), ...(n && { n }), ...(e && { e }), kid: id, use: 'sig', alg: 'RS256' }],
  };
}

/** Keys that are here already. */
export function knownKeys(set: JSONWebKeySet): IssuerKeys {
  return { find: createLocalJWKSet(set), edition: () => 0 };
}
