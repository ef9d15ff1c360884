import { type BigIntStats, stat } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../errors/batchpointError';
import { checkBlobName } from '../blobName';
import type { BlobItem } from '../blobStore';
import { fileErrorCode, isFileMissing } from '../fileErrors';
import { fingerprintOf } from './fingerprint';
import { folderPages, splitPrefix } from './folderPages';

/**
 * The files under `root` whose names start with `prefix`, in pages of at most `pageSize`. Symbolic links are
 * followed, to files and to folders, but never round in a loop. Memory is needed for some hundred files,
 * however many there are.
 *
 * Files whose names cannot be those of blobs fail the listing with `BlobNameInvalid`: input is never left out
 * silently.
 */
export async function* listFiles(
  root: string,
  prefix: string,
  pageSize: number,
): AsyncGenerator<readonly BlobItem[]> {
  let page: BlobItem[] = [];
  const { folder, start } = splitPrefix(prefix);
  for await (const items of itemsBelow(root, folder, start, [])) {
    for (const item of items) {
      page.push(item);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

async function* itemsBelow(
  root: string,
  folder: string,
  start: string,
  above: readonly string[],
): AsyncGenerator<readonly BlobItem[]> {
  for await (const entries of folderPages(join(root, folder))) {
    const names = entries.map((entry) => entry.name).filter((name) => name.startsWith(start));
    const files = await Promise.all(names.map((name) => statFollowing(root, folder + name)));
    const items: BlobItem[] = [];
    const folders: { readonly name: string; readonly identity: string }[] = [];
    for (const [position, file] of files.entries()) {
      const name = folder + String(names[position]);
      if (file?.isFile() === true) items.push(toItem(name, file));
      if (file?.isDirectory() === true) folders.push({ name, identity: `${file.dev}-${file.ino}` });
    }
    yield items;
    for (const { name, identity } of folders) {
      if (!above.includes(identity)) yield* itemsBelow(root, `${name}/`, '', [...above, identity]);
    }
  }
}

/** `undefined` for what vanished meanwhile, and for links that lead nowhere or in a circle. */
function statFollowing(root: string, name: string): Promise<BigIntStats | undefined> {
  return new Promise((resolve, reject) => {
    stat(join(root, name), { bigint: true }, (error, file) => {
      if (error === null) return resolve(file);
      if (!isFileMissing(error) && fileErrorCode(error) !== 'ELOOP') return reject(error);
      // A name that is not UTF-8 was read with replacement characters, and so leads nowhere.
      const isForeign = name.includes('\ufffd');
      if (isForeign) return reject(failure('BlobNameInvalid', { name, reason: 'it is not UTF-8' }));
      resolve(undefined);
    });
  });
}

function toItem(name: string, file: BigIntStats): BlobItem {
  checkBlobName(name);
  return {
    name,
    size: Number(file.size),
    etag: fingerprintOf(file),
    modified: new Date(Number(file.mtimeMs)),
  };
}
