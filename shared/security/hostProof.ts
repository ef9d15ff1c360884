import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * How a host shows that it has the key of a state folder, without showing the key: it seals what it is challenged
 * with, and the address at which it was asked, so that nobody can pass on the answer of a host elsewhere. `secret` is
 * the `hostSecret` of the issuer's key.
 */
export class HostProof {
  constructor(private readonly secret: Uint8Array) {}

  /** The answer to a challenge; `undefined` to what is none. `host` is the address that was asked, as `127.0.0.1:80`. */
  answer(challenge: string, host: string): string | undefined {
    return /^[\w-]{32}$/.test(challenge) ? this.seal(challenge, host).toString('base64url') : undefined;
  }

  /** Whether that is the answer to a challenge. */
  isAnswer(answer: unknown, challenge: string, host: string): boolean {
    if (typeof answer !== 'string' || !/^[\w-]{43}$/.test(answer)) return false;
    return timingSafeEqual(Buffer.from(answer, 'base64url'), this.seal(challenge, host));
  }

  private seal(challenge: string, host: string): Buffer {
    return createHmac('sha256', this.secret).update(`${challenge}\n${host}`).digest();
  }
}

/** A challenge, which has never been made before. */
export function newChallenge(): string {
  return randomBytes(24).toString('base64url');
}
