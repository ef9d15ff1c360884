import { linkSync, lstatSync, renameSync, statSync } from 'node:fs';
import { failure } from '../../errors/batchpointError';
import type { WriteOptions } from '../blobStore';
import { fileErrorCode } from '../fileErrors';
import { fingerprintOf } from './fingerprint';
import type { LocalDatabase } from './localDatabase';
import type { MetadataIndex } from './metadataIndex';

/** A finished file, the path that it is to get, and the words for a message. */
export interface Publication {
  readonly file: string;
  readonly target: string;
  readonly name: string;
  readonly store: string;
}

/**
 * Gives a finished file the name of its blob, if what stands there is as `options` wants it. Writers of this
 * store come one after the other, by the database's lock; against all other programs `link` decides who is
 * first.
 */
export function publishFile(
  database: LocalDatabase,
  index: MetadataIndex,
  publication: Publication,
  options: WriteOptions,
): void {
  const { file, target, name, store } = publication;
  database.alone(() => {
    if (options.mustNotExist === true) {
      linkNew(publication);
      return;
    }
    const before = statSync(target, { bigint: true, throwIfNoEntry: false });
    const found = before === undefined ? undefined : fingerprintOf(before);
    if (options.etag !== undefined && options.etag !== found) throw failure('BlobChanged', { name, store });
    renameSync(file, target);
    if (found !== undefined) index.forget(found);
  });
}

function linkNew({ file, target, name, store }: Publication): void {
  try {
    linkSync(file, target);
  } catch (error) {
    const standing = lstatSync(target, { throwIfNoEntry: false });
    if (standing?.isDirectory() === true) {
      throw failure('BlobNameInvalid', { name, reason: 'there is a folder of that name' });
    }
    const code = fileErrorCode(error) ?? '';
    if (standing !== undefined || code === 'EEXIST') throw failure('BlobExists', { name, store });
    if (!noLinks.has(code)) throw error;
    renameSync(file, target);
  }
}

/** Some file systems, as those of memory sticks, have no links. There the lock alone keeps writers apart. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
