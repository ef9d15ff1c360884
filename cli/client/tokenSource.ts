import type { Audience, IssuedToken, TokenOptions } from '../../shared/security/tokens';

/** A token is replaced when it is good for no longer than this. */
const margin = 5 * 60_000;

/** The environment variables of tokens that somebody else has given out, by what they are for. */
const variables = { data: 'BATCHPOINT_TOKEN_DATA', management: 'BATCHPOINT_TOKEN_MANAGEMENT' } as const;

/** A token, and when it was given out. */
interface Issued {
  readonly token: IssuedToken;
  readonly at: number;
}

/**
 * Tokens of the owner of a state folder, signed with its key and kept while they are good. Where the environment has
 * one, that is used instead.
 */
export class TokenSource {
  private readonly issued = new Map<Audience, Issued>();

  constructor(
    private readonly stateFolder: () => string,
    private readonly environment: NodeJS.ProcessEnv = {},
  ) {}

  /** A token for a request: the one that was given, or the owner's, with all roles. */
  async get(audience: Audience): Promise<Pick<IssuedToken, 'accessToken'>> {
    const given = this.environment[variables[audience]];
    if (given) return { accessToken: given };
    const present = this.issued.get(audience);
    if (present !== undefined && isGood(present)) return present.token;
    const at = Date.now();
    const token = await this.issue(audience);
    this.issued.set(audience, { token, at });
    return token;
  }

  /** A new token, to be given away. */
  async issue(audience: Audience, options: TokenOptions = {}): Promise<IssuedToken> {
    const [{ issuerKey }, { LocalTokens }] = await Promise.all([
      import('../../shared/security/issuerKey.js'),
      import('../../shared/security/tokens.js'),
    ]);
    const key = await issuerKey(this.stateFolder());
    return new LocalTokens(key, () => new Date()).issue(audience, options);
  }
}

/** A token is good for a time that has come: where the clock was set back, it has not yet. */
function isGood({ token, at }: Issued): boolean {
  const now = Date.now();
  return now >= at && token.expiresOn.getTime() - now > margin;
}
