import { createHmac, timingSafeEqual } from 'node:crypto';
import { failure } from '../errors/batchpointError';

/** What a signature may allow: to read, add, create, write, delete and list blobs of a container. */
const permissionOrder = ['r', 'a', 'c', 'w', 'd', 'l'] as const;

export type Permission = (typeof permissionOrder)[number];

/** The version of the Blob protocol that signatures and answers speak. */
export const protocolVersion = '2021-12-02';

/** The parameters that a signature covers, in the order in which they are signed. */
const signed = ['sp', 'st', 'se', 'sr', 'sv'] as const;

/** Clocks of clients may be behind, so a signature is good from a little before it was made. */
const clockTolerance = 5 * 60_000;

/**
 * Shared access signatures for containers of the local store, in the form of Azure Storage: a query that allows whoever
 * has it to do some things with the blobs of one container until a time. They are made and checked with one secret.
 */
export class SharedAccess {
  constructor(
    private readonly secret: Uint8Array,
    private readonly now: () => Date,
  ) {}

  /** The query of a signature that allows, such as `rl`, this with the blobs of a container until a time. */
  issue(container: string, permissions: string, expiresOn: Date): string {
    const values = {
      sp: permissionOrder.filter((one) => permissions.includes(one)).join(''),
      st: timeText(this.now().getTime() - clockTolerance),
      se: timeText(expiresOn.getTime()),
      sr: 'c',
      sv: protocolVersion,
    };
    const sig = this.seal(container, values).toString('base64');
    return new URLSearchParams({ ...values, sig }).toString();
  }

  /**
   * Checks that a query has a signature that allows this with the blobs of the container. Fails with
   * `NoAuthenticationInformation`, `AuthenticationFailed`, `AuthorizationPermissionMismatch`.
   */
  verify(query: URLSearchParams, container: string, anyOf: readonly Permission[]): void {
    const sig = query.get('sig');
    if (sig === null) throw failure('NoAuthenticationInformation', {});
    const values = Object.fromEntries(signed.map((name) => [name, query.get(name) ?? '']));
    const given = Buffer.from(sig, 'base64');
    const right = this.seal(container, values);
    if (given.length !== right.length || !timingSafeEqual(given, right))
      throw failure('AuthenticationFailed', { reason: 'the signature does not fit' });
    const { st = '', se = '', sp = '' } = values;
    const now = this.now().getTime();
    if (!(Date.parse(st) <= now)) throw failure('AuthenticationFailed', { reason: 'it is not yet valid' });
    if (!(now < Date.parse(se))) throw failure('AuthenticationFailed', { reason: 'it has expired' });
    if (!anyOf.some((one) => sp.includes(one))) throw failure('AuthorizationPermissionMismatch', {});
  }

  private seal(container: string, values: Readonly<Record<string, string>>): Buffer {
    const text = [container, ...signed.map((name) => values[name] ?? '')].join('\n');
    return createHmac('sha256', this.secret).update(text).digest();
  }
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
