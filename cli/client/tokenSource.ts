import type { Audience, IssuedToken, TokenOptions } from '../../shared/security/tokens';

/** A token is replaced when it is good for no longer than this. */
const margin = 5 * 60_000;

/** The environment variables of tokens that somebody else has given out, by what they are for. */
const variables = { data: 'BATCHPOINT_TOKEN_DATA', management: 'BATCHPOINT_TOKEN_MANAGEMENT' } as const;

/**
 * Tokens of the owner of a state folder, signed with its key and kept while they are good. Where the environment has
 * one, that is used instead.
 */
export class TokenSource {
  private readonly issued = new Map<Audience, IssuedToken>();

  constructor(
    private readonly stateFolder: () => string,
    private readonly environment: NodeJS.ProcessEnv = {},
  ) {}

  /** A token for a request: the one that was given, or the owner's, with all roles. */
  async get(audience: Audience): Promise<Pick<IssuedToken, 'accessToken'>> {
    const given = this.environment[variables[audience]];
    if (given) return { accessToken: given };
    const present = this.issued.get(audience);
    if (present !== undefined && present.expiresOn.getTime() - Date.now() > margin) return present;
    const token = await this.issue(audience);
    this.issued.set(audience, token);
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
