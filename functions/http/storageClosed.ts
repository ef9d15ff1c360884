import { failure } from '../../shared/errors/batchpointError';
import type { Services } from '../services';

/** Why clients cannot enter the storage of the host by themselves. */
export function storageClosed({ settings }: Pick<Services, 'settings'>, name: string): Error {
  const reason = settings.localFiles
    ? 'its host has no Blob service in front of it'
    : 'its host has a signature for its storage account, and no key to make others with';
  return failure('DatastoreClosed', { name, reason });
}
