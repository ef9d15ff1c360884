import { join, resolve } from 'node:path';
import type { BlobStore } from '../blobStore';
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

/**
 * Opens the stores of a state folder, which is made where it is missing: blobs as files under
 * `<folder>/blobs/<container>/`, rows in `<folder>/tables.db`. Several processes may have it open.
 */
export async function openLocalStores(folder: string): Promise<OwnStores> {
  const root = resolve(folder);
  const state = await openState(root).catch((error: unknown) => {
    throw fileFailure(error, { store: root });
  });
  const container = (name: string): BlobStore => {
    checkContainerName(name);
    return new LocalBlobStore(join(root, 'blobs', name), state);
  };
  const tables = new LocalTableStore(state.database);
  return {
    tables,
    blobs: container(productContainer),
    container,
    localFolder: (path) => new LocalBlobStore(resolve(path), state),
    close: () => {
      tables.finish();
      state.drafts.close();
      state.database.close();
      return Promise.resolve();
    },
  };
}

async function openState(root: string): Promise<LocalState> {
  await makeFolder(join(root, 'drafts'));
  const database = await LocalDatabase.open(join(root, 'tables.db'));
  await syncFolder(root);
  return { database, index: new MetadataIndex(database), drafts: new Drafts(join(root, 'drafts'), database) };
}
