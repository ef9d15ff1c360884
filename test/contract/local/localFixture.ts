import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStores } from '../../../shared/stores/openStores';
import type { BlobStore } from '../../../shared/stores/blobStore';
import type { Stores } from '../../../shared/stores/stores';
import { scratchPath } from '../scratchFolder';

/** Local stores of one test, and a folder of a user's beside them. */
export interface LocalFixture {
  readonly state: string;
  readonly stores: Stores;
  readonly blobs: BlobStore;
  readonly root: string;
  readonly userFolder: string;
  readonly user: BlobStore;
}

/** Opens local stores for each test of a file, and closes them after it. */
export function localFixture(): () => LocalFixture {
  let fixture: LocalFixture | undefined;
  beforeEach(async () => {
    const state = scratchPath();
    const userFolder = scratchPath();
    mkdirSync(userFolder);
    const stores = await openStores({ kind: 'local', folder: state });
    const { blobs } = stores;
    const root = join(state, 'blobs', 'batchpoint');
    fixture = { state, stores, blobs, root, userFolder, user: stores.localFolder(userFolder) };
  });
  afterEach(async () => fixture?.stores.close());
  return () => {
    if (fixture === undefined) throw new Error('The fixture is there only within a test.');
    return fixture;
  };
}
