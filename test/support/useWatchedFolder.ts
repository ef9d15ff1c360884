import { randomUUID } from 'node:crypto';
import { WatchedFolder } from './watchedFolder';
import type { Workspace } from './workspace';

/** A folder of its own for each test, registered as a datastore of the workspace. */
export function useWatchedFolder(workspace: () => Workspace): () => WatchedFolder {
  let folder: WatchedFolder | undefined;
  beforeEach(async () => {
    folder = new WatchedFolder(workspace(), `ds_${randomUUID().replaceAll('-', '').slice(0, 12)}`);
    await folder.register();
  });
  return () => {
    if (folder === undefined) throw new Error('The folder is used outside of a test.');
    return folder;
  };
}
