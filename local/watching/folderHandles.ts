import { watch, type FSWatcher } from 'node:fs';
import { join, sep } from 'node:path';

import { isFileMissing } from '../../shared/stores/fileErrors';

interface HandleParts {
  readonly root: string;
  /** Called when something happened to an entry; `isName` says that it came, went or was renamed. */
  onHint(path: string, isName: boolean): void;
  /** Called, once, where not all folders can be watched. */
  onShort(error: unknown): void;
}

/** Folders that are watched at most: each costs a handle of the system. What lies in others is found by looking again. */
const mostFolders = 4096;

/** Where one handle serves a folder with all below. On Linux Node would take one for each file. */
const servesAllBelow = process.platform === 'darwin' || process.platform === 'win32';

/** Hints of the system that something has happened below a folder. They may be late, come twice or be lost. */
export class FolderHandles {
  private readonly handles = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();
  private isShort = false;

  constructor(private readonly parts: HandleParts) {}

  /**
   * Watches a folder, by its path below the root, unless it is watched already.
   *
   * @param identity tells it from a folder that had its path before; numbers of inodes are given again
   */
  open(path: string, identity: string): void {
    if (servesAllBelow && path !== '') return;
    if (this.handles.get(path)?.identity === identity) return;
    this.close(path);
    if (this.handles.size >= mostFolders) {
      this.fallShort(new Error(`there are more than ${mostFolders} folders`));
      return;
    }
    try {
      const options = { recursive: servesAllBelow, persistent: false };
      const watcher = watch(join(this.parts.root, path), options, (kind, name) => {
        if (name !== null) this.parts.onHint(below(path, name.split(sep).join('/')), kind === 'rename');
      });
      this.handles.set(path, { identity, watcher });
      watcher.on('error', () => this.close(path));
    } catch (error) {
      // A folder that is gone needs no handle.
      if (!isFileMissing(error)) this.fallShort(error);
    }
  }

  /** Gives up all folders but some. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of [...this.handles.keys()]) if (!paths.has(path)) this.close(path);
  }

  private close(path: string): void {
    this.handles.get(path)?.watcher.close();
    this.handles.delete(path);
  }

  private fallShort(error: unknown): void {
    if (!this.isShort) this.parts.onShort(error);
    this.isShort = true;
  }
}

/** The path of an entry of a folder, where the folder may be the root. */
export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
