import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { failure } from '../shared/errors/batchpointError';
import { makeFolders } from '../shared/stores/makeFolders';
import { isHeld, openDatabase } from './durable/store/database';

/** What a running host tells of itself to those who may read its state folder. */
export interface HostInfo {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  /** Where it serves the same over TLS, if it does. */
  readonly httpsUrl?: string;
  readonly version: string;
  readonly startedAt: string;
}

/** A state folder that this process holds: no other host can use it until it is released or the process is gone. */
export class StateFolder {
  private constructor(
    readonly path: string,
    readonly database: DatabaseSync,
  ) {}

  /**
   * Makes the folder where it is not there, and takes it.
   *
   * @throws StateFolderHeld when another host has it
   */
  static take(path: string): StateFolder {
    makeFolders(path, 0o700);
    chmodSync(path, 0o700);
    try {
      return new StateFolder(path, openDatabase(join(path, 'durable.db')));
    } catch (cause) {
      if (!isHeld(cause)) throw cause;
      throw failure('StateFolderHeld', { folder: path, pid: holder(path) }, { cause });
    }
  }

  /** Says where the host is. The file is there as a whole or not at all, and only its owner can read it. */
  announce(info: HostInfo): void {
    const file = infoFile(this.path);
    const fresh = `${file}.${info.pid}`;
    writeFileSync(fresh, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  }

  release(): void {
    rmSync(infoFile(this.path), { force: true });
    this.database.close();
  }
}

function infoFile(folder: string): string {
  return join(folder, 'host-info.json');
}

/** The process that holds a folder, as far as it has said so. */
function holder(folder: string): string | number {
  try {
    const info: unknown = JSON.parse(readFileSync(infoFile(folder), 'utf8'));
    const pid = typeof info === 'object' && info !== null && 'pid' in info ? info.pid : undefined;
    return typeof pid === 'number' ? pid : 'unknown';
  } catch {
    return 'unknown';
  }
}
