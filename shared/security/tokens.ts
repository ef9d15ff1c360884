import { userInfo } from 'node:os';
import { SignJWT } from 'jose';
import { audiences, type Audience } from './audiences';
import type { IssuerKey } from './issuerKey';
import { roles } from './roles';

export { audiences, type Audience } from './audiences';

/** What the tokens of a state folder name as their issuer. No address: they are signed also where no host runs. */
export const localIssuer = 'urn:batchpoint:local';

/** Seconds that a token is good for, where nobody says. */
const usualLifetime = 3_600;

/** A token with what `account get-access-token` tells of it. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresOn: Date;
}

/** What a token is to be, where it is not that of the owner for an hour. */
export interface TokenOptions {
  /** The roles in it, as `Jobs.Read` or `Jobs.Read:heart`. */
  readonly roles?: readonly string[];
  /** Seconds. */
  readonly lifetime?: number;
}

/** Issues the tokens of a state folder. */
export class LocalTokens {
  constructor(
    private readonly key: IssuerKey,
    private readonly now: () => Date,
  ) {}

  /** A token of the owner of the state folder, who has all roles where no others are asked for. */
  async issue(audience: Audience, options: TokenOptions = {}): Promise<IssuedToken> {
    const seconds = Math.floor(this.now().getTime() / 1000);
    const expires = seconds + (options.lifetime ?? usualLifetime);
    const accessToken = await new SignJWT({ roles: [...(options.roles ?? roles)] })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.key.id })
      .setIssuer(localIssuer)
      .setAudience(audiences[audience])
      .setSubject(ownerName())
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(expires)
      .sign(this.key.privateKey);
    return { accessToken, expiresOn: new Date(expires * 1000) };
  }
}

/** The user that this process runs as; in a container that may be a number without a name. */
export function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
