import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '../../shared/stores/openStores';
import { openedStores, type OpenedStores } from './openedStores';

/** Local stores in a folder of their own. */
export async function openLocalPlace(): Promise<OpenedStores> {
  const folder = await mkdtemp(join(tmpdir(), 'batchpoint-stores-'));
  return openedStores(
    () => openStores({ kind: 'local', folder }),
    () => rm(folder, { recursive: true, force: true }),
  );
}
