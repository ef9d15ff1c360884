import { join, sep } from 'node:path';
import { failure } from '../errors/batchpointError';

/** The local path of a listed name below a folder. A name that would climb out of it is `InputUriUnsafe`. */
export function pathBelow(folder: string, name: string): string {
  const path = join(folder, name);
  if (name.includes('\0') || !path.startsWith(`${folder}${sep}`) || name.split('/').includes('..')) {
    throw failure('InputUriUnsafe', { input: name, reason: 'the name of the file climbs out of its folder' });
  }
  return path;
}
