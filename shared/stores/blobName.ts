import { failure } from '../errors/batchpointError';

const longestName = 1024;

/** How the names of a store's own unfinished files and blobs begin. They are never listed. */
export const draftMark = '.batchpoint-draft-';

/** Refuses, with `BlobNameInvalid`, what cannot be the name of a blob. */
export function checkBlobName(name: string): void {
  const reason = faultOf(name, name.split('/'));
  if (reason !== undefined) throw failure('BlobNameInvalid', { name, reason });
}

/** Refuses, with `BlobNameInvalid`, a prefix that no name of a blob can start with. */
export function checkBlobPrefix(prefix: string): void {
  if (prefix === '') return;
  const folders = prefix.split('/').slice(0, -1);
  const reason = faultOf(prefix, folders);
  if (reason !== undefined) throw failure('BlobNameInvalid', { name: prefix, reason });
}

/** True where a segment of the name belongs to an unfinished file or blob of a store. */
export function isDraftName(name: string): boolean {
  return name.startsWith(draftMark) || name.includes(`/${draftMark}`);
}

/** Refuses, with `ContainerNameInvalid`, what Azure would not take; local folders keep to the same rule. */
export function checkContainerName(name: string): void {
  const fits = /^[a-z0-9](?:-?[a-z0-9])+$/.test(name) && name.length >= 3 && name.length <= 63;
  if (!fits) throw failure('ContainerNameInvalid', { name });
}

function faultOf(name: string, segments: readonly string[]): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > longestName) return 'it is longer than 1,024 characters';
  if (name.startsWith('/')) return 'it starts with a slash';
  if (name.includes('\\')) return 'it has a backslash';
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(name)) return 'it has a control character';
  if (/\p{Surrogate}/u.test(name)) return 'it is not well-formed Unicode';
  if (segments.includes('')) return 'it has an empty segment';
  if (segments.includes('.') || segments.includes('..')) return "one of its segments is '.' or '..'";
  if (isDraftName(name)) return `names with '${draftMark}' are kept for unfinished blobs`;
  return undefined;
}
