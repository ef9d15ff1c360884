import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { draftMark } from '../blobName';
import { isFileMissing } from '../fileErrors';

const pageEntries = 512;

/**
 * The entries of a folder, some hundred at a time, in the file system's own order, without drafts. A folder
 * that is not there, or no longer, has none.
 */
export async function* folderPages(folder: string): AsyncGenerator<readonly Dirent[]> {
  try {
    let page: Dirent[] = [];
    for await (const entry of await opendir(folder, { bufferSize: pageEntries })) {
      if (entry.name.startsWith(draftMark)) continue;
      page.push(entry);
      if (page.length < pageEntries) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}

/** A prefix of names as the folder that has them all, and what names in that folder start with. */
export function splitPrefix(prefix: string): { readonly folder: string; readonly start: string } {
  const end = prefix.lastIndexOf('/') + 1;
  return { folder: prefix.slice(0, end), start: prefix.slice(end) };
}
