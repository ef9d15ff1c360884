import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { failure } from '../errors/batchpointError';

/** Seconds that a link opens its page. */
const lifetime = 24 * 3_600;

/**
 * The keys of links: each opens the page of one job for a day, and nothing else. A link is read and copied by people,
 * so its key is short: when it ends, and an HMAC-SHA256 of that and the job.
 */
export class JobLinks {
  /** Made once: a list has a link for each of its jobs, and bytes are made a key anew for every seal. */
  private readonly secret: KeyObject;

  constructor(
    secret: Uint8Array,
    private readonly now: () => Date,
  ) {
    this.secret = createSecretKey(secret);
  }

  /** The key of a link to the page of a job. */
  issue(job: string): string {
    const ends = (this.seconds() + lifetime).toString(36);
    return `${ends}.${this.seal(ends, job).toString('base64url')}`;
  }

  /** Checks that a key is that of a link to the page of this job. Fails with `LinkInvalid`. */
  verify(key: string | null, job: string): void {
    if (key === null || key === '') throw failure('LinkInvalid', { reason: 'it has no token' });
    const [, ends = '', sealed = ''] = /^([0-9a-z]{1,8})\.([\w-]{43})$/.exec(key) ?? [];
    if (ends === '') throw failure('LinkInvalid', { reason: 'its token is not whole' });
    if (!timingSafeEqual(Buffer.from(sealed, 'base64url'), this.seal(ends, job)))
      throw failure('LinkInvalid', { reason: 'it is for another job, or of another host' });
    if (parseInt(ends, 36) <= this.seconds()) throw failure('LinkInvalid', { reason: 'it has expired' });
  }

  private seal(ends: string, job: string): Buffer {
    return createHmac('sha256', this.secret).update(`${ends}\n${job}`).digest();
  }

  private seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}
