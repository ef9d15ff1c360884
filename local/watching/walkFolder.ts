import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { fileErrorCode, isFileMissing } from '../../shared/stores/fileErrors';
import { folderPages } from '../../shared/stores/local/folderPages';
import { below } from './folderHandles';

/** A file below a folder, by its path with slashes. */
export interface FoundFile {
  readonly path: string;
  readonly file: BigIntStats;
}

interface WalkParts {
  /** Called with each folder before it is looked into, and with what tells it from others of its path. */
  onFolder(path: string, identity: string): void;
  /** Called where something cannot be looked at; all else goes on. */
  onFault(path: string, error: unknown): void;
}

/** Entries that are looked at side by side. */
const atOnce = 64;

/**
 * The files below a folder, some at a time, as the local store has them: without drafts, and through symbolic links,
 * but never round in a loop. Memory is needed for some hundred files, however many there are.
 *
 * @param folder the path of the folder below `root`; '' for the root itself
 */
export async function* walkFolder(
  root: string,
  folder: string,
  parts: WalkParts,
  above: readonly string[] = [],
): AsyncGenerator<readonly FoundFile[]> {
  const here = await look(root, folder, parts);
  if (here?.file.isDirectory() !== true) return;
  const identity = `${here.file.dev}-${here.file.ino}`;
  // The root counts as none of those above, as for the local store.
  const within = folder === '' ? [] : [...above, identity];
  if (above.includes(identity)) return;
  parts.onFolder(folder, `${identity}-${here.file.birthtimeNs}`);
  try {
    for await (const entries of folderPages(join(root, folder))) {
      const paths = entries.map(({ name }) => below(folder, name));
      for (let from = 0; from < paths.length; from += atOnce) {
        const some = paths.slice(from, from + atOnce).map((path) => look(root, path, parts));
        const found = (await Promise.all(some)).filter((each) => each !== undefined);
        yield found.filter(({ file }) => file.isFile());
        const folders = found.filter(({ file }) => file.isDirectory());
        for (const { path } of folders) yield* walkFolder(root, path, parts, within);
      }
    }
  } catch (error) {
    parts.onFault(folder, error);
  }
}

/** `undefined` for what vanished meanwhile, for links that lead nowhere, and for what cannot be looked at. */
async function look(root: string, path: string, parts: WalkParts): Promise<FoundFile | undefined> {
  try {
    return { path, file: await stat(join(root, path), { bigint: true }) };
  } catch (error) {
    if (!isFileMissing(error) && fileErrorCode(error) !== 'ELOOP') parts.onFault(path, error);
    return undefined;
  }
}
