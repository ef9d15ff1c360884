import { join } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';

/**
 * Where a file of a job goes below a folder. Its name may hold any character of a file name; one that would lead out
 * of the folder fails with `DownloadNameUnsafe`.
 */
export function safePath(folder: string, name: string, platform: NodeJS.Platform = process.platform): string {
  const parts = name.split('/');
  const odd = platform === 'win32' ? /[\\:\0]/ : /\0/;
  if (parts.some((part) => part === '' || part === '.' || part === '..' || odd.test(part))) {
    throw failure('DownloadNameUnsafe', { file: name });
  }
  return join(folder, ...parts);
}
