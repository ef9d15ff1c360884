import { failure } from '../errors/batchpointError';

/** What is said of a blob beside its bytes. */
export type BlobMetadata = Readonly<Record<string, string>>;

const mostBytes = 8 * 1024;

/**
 * Refuses, with `BlobMetadataInvalid`, metadata that would not come back from every store as it was given.
 */
export function checkMetadata(name: string, metadata: BlobMetadata): void {
  const refuse = (key: string, reason: string): never => {
    throw failure('BlobMetadataInvalid', { key, name, reason });
  };
  let bytes = 0;
  for (const [key, value] of Object.entries(metadata)) {
    if (!/^[a-z][a-z0-9_]*$/.test(key)) {
      refuse(key, 'a key is a lower-case letter, then lower-case letters, digits and underscores');
    }
    if (!/^[!-~](?:[ -~]*[!-~])?$/.test(value)) {
      refuse(key, 'a value is printable ASCII, not empty, and has no space at its ends');
    }
    bytes += key.length + value.length;
    if (bytes > mostBytes) refuse(key, 'all keys and values together have more than 8 KiB');
  }
}

/** True where both say the same of their blobs, and say anything at all. */
export function isSameMetadata(one: BlobMetadata, other: BlobMetadata): boolean {
  const keys = Object.keys(one);
  return (
    keys.length > 0 &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => one[key] === other[key])
  );
}
