import { userInfo } from 'node:os';
import { errors, jwtVerify, SignJWT } from 'jose';
import { failure } from '../errors/batchpointError';
import type { IssuerKey } from './issuerKey';

/** Whom tokens are for: the data plane (jobs of endpoints), and management. */
export const audiences = {
  data: 'https://ml.azure.com',
  management: 'https://management.azure.com',
} as const;

export type Audience = keyof typeof audiences;

const issuer = 'urn:batchpoint:local';

/** Seconds that a token is good for. */
const lifetime = 3_600;

/** Who sent a request. */
export interface Caller {
  readonly name: string;
}

/** A token with what `account get-access-token` tells of it. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresOn: Date;
}

/** Issues and verifies the tokens of one state folder. */
export class LocalTokens {
  constructor(
    private readonly key: IssuerKey,
    private readonly now: () => Date,
  ) {}

  /** A token of the owner of the state folder. */
  async issue(audience: Audience): Promise<IssuedToken> {
    const seconds = Math.floor(this.now().getTime() / 1000);
    const expires = seconds + lifetime;
    const accessToken = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256', kid: this.key.id })
      .setIssuer(issuer)
      .setAudience(audiences[audience])
      .setSubject(ownerName())
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(expires)
      .sign(this.key.privateKey);
    return { accessToken, expiresOn: new Date(expires * 1000) };
  }

  /**
   * The caller of a request, from its `Authorization` header, for one of the accepted audiences. Fails with
   * `TokenMissing`, or with `TokenInvalid` for a token of another key, issuer, audience or algorithm, or out of its
   * time.
   */
  async verify(authorization: string | null, ...accepted: readonly Audience[]): Promise<Caller> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw failure('TokenMissing', {});
    try {
      const { payload } = await this.check(token, accepted);
      return { name: payload.sub ?? 'unknown' };
    } catch (error) {
      throw failure('TokenInvalid', { reason: reasonOf(error) }, { cause: error });
    }
  }

  private check(token: string, accepted: readonly Audience[]): ReturnType<typeof jwtVerify> {
    return jwtVerify(
      token,
      ({ kid }) => {
        if (kid !== this.key.id) throw new errors.JWKSNoMatchingKey();
        return this.key.publicKey;
      },
      {
        algorithms: ['RS256'],
        issuer,
        audience: accepted.map((one) => audiences[one]),
        clockTolerance: 60,
        currentDate: this.now(),
        requiredClaims: ['exp', 'sub'],
      },
    );
  }
}

/** The user that this process runs as; in a container that may be a number without a name. */
function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
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
