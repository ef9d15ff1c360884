import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { failure } from '../errors/batchpointError';
import type { IssuerKeys } from './issuerKeys';
import { fetchIssuerKeys } from './issuerMetadata';

const hour = 3_600_000;

/** When keys are read again, in milliseconds. */
export interface RefreshTimes {
  /** From this age on they are read again, while the ones that are here go on being used. */
  readonly refreshAfter: number;
  /** From this age on a request waits for them. */
  readonly waitAfter: number;
  /** Between two attempts, however many tokens name a key that is not known. */
  readonly cooldown: number;
  /** The same after an attempt that failed. */
  readonly retryAfter: number;
}

const usualTimes: RefreshTimes = {
  refreshAfter: 12 * hour,
  waitAfter: 24 * hour,
  cooldown: 30_000,
  retryAfter: 5_000,
};

/** What was read last. */
interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly readAt: number;
  readonly edition: number;
}

/**
 * The keys of an issuer elsewhere, as its metadata names them. They are kept, read again twice a day, and once more
 * where a token names a key that is not among them, but not more often than the cooldown allows. While the issuer is
 * away, the keys that are here go on being used.
 */
export class RemoteKeys implements IssuerKeys {
  private keys: KeySet | undefined;
  private reading: Promise<void> | undefined;
  private triedAt = Number.NEGATIVE_INFINITY;
  /** Why the last attempt failed; nothing where it did not. */
  private trouble: { readonly error: unknown } | undefined;

  constructor(
    private readonly issuer: string,
    private readonly now: () => Date,
    private readonly read: (issuer: string) => Promise<JSONWebKeySet> = fetchIssuerKeys,
    private readonly times: RefreshTimes = usualTimes,
  ) {}

  readonly edition = (): number => this.keys?.edition ?? 0;

  readonly find: JWTVerifyGetKey = async (header, token) => {
    const age = this.now().getTime() - (this.keys?.readAt ?? Number.NEGATIVE_INFINITY);
    if (age >= this.times.refreshAfter) {
      const reading = this.refresh();
      // An issuer that is away must not hold up whoever has a token that can be checked.
      if (age >= this.times.waitAfter && (this.keys === undefined || this.trouble === undefined))
        await reading;
    }
    const { keys } = this;
    if (keys === undefined) throw this.unavailable();
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh();
      // Whether the issuer has that key by now cannot be told.
      if (this.trouble !== undefined) throw this.unavailable();
      if (this.keys === undefined || this.keys === keys) throw error;
      return this.keys.find(header, token);
    }
  };

  /** Reads the keys, once at a time, where the cooldown is over. Never fails: `trouble` says how it went. */
  private refresh(): Promise<void> {
    if (this.reading !== undefined) return this.reading;
    const began = this.now().getTime();
    const { cooldown, retryAfter } = this.times;
    if (began - this.triedAt < (this.trouble === undefined ? cooldown : retryAfter)) return Promise.resolve();
    this.triedAt = began;
    this.reading = this.read(this.issuer)
      .then((set) => {
        this.keys = { find: createLocalJWKSet(set), readAt: began, edition: this.edition() + 1 };
        this.trouble = undefined;
      })
      .catch((error: unknown) => {
        this.trouble = { error };
      })
      .finally(() => (this.reading = undefined));
    return this.reading;
  }

  private unavailable(): Error {
    const error = this.trouble?.error;
    const reason = error instanceof Error ? error.message : 'they have not been read yet';
    return failure('IssuerUnavailable', { issuer: this.issuer, reason }, { cause: error });
  }
}
