import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkContainerName } from '../blobName';
import { type OwnStores, productContainer } from '../stores';
import { Drafts } from './drafts';
import { makeFolder, syncFolder } from './durableFolder';
import { fileFailure } from '../fileErrors';
import type { LocalState } from './fileWriting';
import { LocalBlobStore } from './localBlobStore';
import { LocalDatabase } from './localDatabase';
import { LocalTableStore } from './localTableStore';
import { MetadataIndex } from './metadataIndex';

/** The stores of a state folder; their blobs can be written piece by piece. */
export interface LocalStores extends OwnStores {
  container(name: string): LocalBlobStore;
  localFolder(path: string): LocalBlobStore;
}

/**
 * Opens the stores of a state folder, which is made where it is missing: blobs as files under
 * `<folder>/blobs/<container>/`, rows in `<folder>/tables.db`. Several processes may have it open.
 */
export async function openLocalStores(folder: string): Promise<LocalStores> {
  const root = resolve(folder);
  const state = await openState(root).catch((error: unknown) => {
    throw fileFailure(error, { store: root });
  });
  const container = (name: string): LocalBlobStore => {
    checkContainerName(name);
    return new LocalBlobStore(join(root, 'blobs', name), state);
  };
  const tables = new LocalTableStore(state.database);
  return {
    tables,
    blobs: container(productContainer),
    container,
    // Folders are made with the first blob in them.
    makeContainer: () => Promise.resolve(),
    removeContainer: async (name) => {
      checkContainerName(name);
      await rm(join(root, 'blobs', name), { recursive: true, force: true });
    },
    oldContainers: (prefix, before) => oldFolders(join(root, 'blobs'), prefix, before),
    localFolder: (path) => new LocalBlobStore(resolve(path), state),
    close: () => {
      tables.finish();
      state.drafts.close();
      state.database.close();
      return Promise.resolve();
    },
  };
}

/** The folders below one that begin with a prefix and were last changed before a time. */
async function oldFolders(root: string, prefix: string, before: Date): Promise<string[]> {
  const names = await readdir(root).catch(() => []);
  const found = names.filter((name) => name.startsWith(prefix));
  const times = await Promise.all(found.map((name) => stat(join(root, name)).catch(() => undefined)));
  return found.filter((_, i) => (times[i]?.mtime ?? before) < before);
}

async function openState(root: string): Promise<LocalState> {
  await makeFolder(join(root, 'drafts'));
  const database = await LocalDatabase.open(join(root, 'tables.db'));
  await syncFolder(root);
  return { database, index: new MetadataIndex(database), drafts: new Drafts(join(root, 'drafts'), database) };
}
