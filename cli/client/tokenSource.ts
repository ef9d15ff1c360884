import type { Audience, IssuedToken } from '../../shared/security/tokens';

/** A token is replaced when it is good for no longer than this. */
const margin = 5 * 60_000;

/** Tokens of the owner of a state folder, signed with its key and kept while they are good. */
export class TokenSource {
  private readonly issued = new Map<Audience, IssuedToken>();

  constructor(private readonly stateFolder: () => string) {}

  async get(audience: Audience): Promise<IssuedToken> {
    const present = this.issued.get(audience);
    if (present !== undefined && present.expiresOn.getTime() - Date.now() > margin) return present;
    const [{ issuerKey }, { LocalTokens }] = await Promise.all([
      import('../../shared/security/issuerKey.js'),
      import('../../shared/security/tokens.js'),
    ]);
    const token = await new LocalTokens(await issuerKey(this.stateFolder()), () => new Date()).issue(
      audience,
    );
    this.issued.set(audience, token);
    return token;
  }
}
