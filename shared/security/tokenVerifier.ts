import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { failure, isFailure } from '../errors/batchpointError';
import type { Audience } from './audiences';
import { callerOf, type Caller } from './caller';
import type { IssuerKeys } from './issuerKeys';
import { VerifiedTokens } from './verifiedTokens';

/** An issuer whose tokens are accepted. */
export interface TrustedIssuer {
  /** What its tokens name it by, to the letter. */
  readonly issuer: string;
  readonly keys: IssuerKeys;
  /** What its tokens may name as their audience, for each plane. */
  readonly audiences: Readonly<Record<Audience, readonly string[]>>;
}

/** Seconds that the clocks of two machines may differ by. */
const clockTolerance = 60;

/**
 * Seconds that a verified token is remembered: then its key is asked for again, so that keys grow old also where
 * everybody is known.
 */
const keptSeconds = 600;

/** A token of Entra with many groups has some thousand characters; Node takes 16 KB of headers. */
const longestToken = 16_384;

/** Verifies the tokens of requests: the same way for every route, every host and every issuer. */
export class TokenVerifier {
  private readonly verified = new VerifiedTokens();

  constructor(
    private readonly issuers: readonly TrustedIssuer[],
    private readonly now: () => Date,
  ) {}

  /**
   * The caller of a request, from its `Authorization` header, for one of the accepted audiences. Fails with
   * `TokenMissing`; with `TokenInvalid` for a token of another key, issuer, audience or algorithm, or out of its time;
   * and with `IssuerUnavailable` where the keys of its issuer cannot be had.
   */
  async verify(authorization: string | null, ...accepted: readonly Audience[]): Promise<Caller> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw failure('TokenMissing', {});
    const id = createHash('sha256')
      .update(`${accepted.join(' ')}\n${token}`)
      .digest('base64url');
    const known = this.verified.find(id, this.seconds());
    if (known !== undefined) return known;
    try {
      return await this.check(token, id, accepted);
    } catch (error) {
      if (isFailure(error)) throw error;
      throw failure('TokenInvalid', { reason: reasonOf(error) }, { cause: error });
    }
  }

  private async check(token: string, id: string, accepted: readonly Audience[]): Promise<Caller> {
    const trusted = this.issuerOf(token);
    const { edition } = trusted.keys;
    const verifiedWith = edition();
    const { payload } = await jwtVerify(token, trusted.keys.find, {
      algorithms: ['RS256'],
      issuer: trusted.issuer,
      audience: accepted.flatMap((one) => trusted.audiences[one]),
      clockTolerance,
      currentDate: this.now(),
      requiredClaims: ['exp', 'sub'],
    });
    const caller = callerOf(payload);
    const until = Math.min(payload.exp ?? 0, this.seconds() + keptSeconds);
    this.verified.keep(id, { caller, until, edition, verifiedWith });
    return caller;
  }

  /** Looked up before anything is verified: a token is checked against the keys of its own issuer alone. */
  private issuerOf(token: string): TrustedIssuer {
    if (token.length > longestToken) throw new errors.JWTInvalid();
    const { kid, alg } = decodeProtectedHeader(token);
    if (alg !== 'RS256') throw new errors.JOSEAlgNotAllowed();
    // A set of one key would take a token that names none.
    if (typeof kid !== 'string' || kid === '') throw new errors.JWKSNoMatchingKey();
    const { iss } = decodeJwt(token);
    const found = this.issuers.find(({ issuer }) => issuer === iss);
    if (found === undefined) throw new errors.JWTClaimValidationFailed('', {}, 'iss');
    return found;
  }

  private seconds(): number {
    return this.now().getTime() / 1000;
  }
}

/** Says why without quoting anything of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its '${error.claim}' is not the expected one`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'it was signed by another key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not fit';
  return 'it is not a token of this host';
}
