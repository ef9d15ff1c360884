import type { TokenCredential } from '@azure/identity';

/** How the stores use the Azure services. The defaults are right but for tests. */
export interface AzureLimits {
  /** The most blocks that a blob is put together from in one step: the service takes 50,000. */
  readonly maxBlocks: number;
  /**
   * Bytes that the service is asked to copy as one block, where not more are needed to stay below
   * `maxBlocks`.
   */
  readonly copiedBlockBytes: number;
  /** Bytes that are sent as one block, where not more are needed to stay below `maxBlocks`. */
  readonly sentBlockBytes: number;
  /** Milliseconds that one call may take, with all its tries, and that a stream may be silent. */
  readonly callLimit: number;
  /** How often a call is made in all. */
  readonly tries: number;
  /** Milliseconds before a call is made again; they double from time to time. */
  readonly firstDelay: number;
  /** Told of the bytes of blobs that a commit had to carry through this process, as they are read. */
  readonly onBytesCarried: (bytes: number) => void;
}

/**
 * What may be chosen. `credential` is used where the settings have no key; by default it is that of the
 * process.
 */
export type AzureOptions = Partial<AzureLimits> & { readonly credential?: TokenCredential };

const mebibyte = 1024 * 1024;

export const defaultLimits: AzureLimits = {
  maxBlocks: 50_000,
  copiedBlockBytes: 256 * mebibyte,
  sentBlockBytes: 4 * mebibyte,
  callLimit: 120_000,
  tries: 5,
  firstDelay: 500,
  onBytesCarried: () => undefined,
};
