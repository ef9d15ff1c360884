import type { Caller } from './caller';

/** A token that was good. */
interface VerifiedToken {
  readonly caller: Caller;
  /** Seconds of the clock until which it is remembered. */
  readonly until: number;
  /** The edition of the keys of its issuer, now and when it was verified. */
  readonly edition: () => number;
  readonly verifiedWith: number;
}

/** Tokens that are kept. A caller has one or two at a time. */
const most = 1_000;

/**
 * Tokens that were verified, by their digests: a caller sends the same one again and again, and its signature costs
 * more than all else of a small request. A token is forgotten when it expires, when the keys of its issuer were read
 * anew, or when too many have come after it.
 */
export class VerifiedTokens {
  private readonly tokens = new Map<string, VerifiedToken>();

  find(id: string, seconds: number): Caller | undefined {
    const token = this.tokens.get(id);
    if (token === undefined) return undefined;
    if (seconds < token.until && token.edition() === token.verifiedWith) return token.caller;
    this.tokens.delete(id);
    return undefined;
  }

  keep(id: string, token: VerifiedToken): void {
    const [oldest] = this.tokens.keys();
    if (this.tokens.size >= most && oldest !== undefined) this.tokens.delete(oldest);
    this.tokens.set(id, token);
  }
}
