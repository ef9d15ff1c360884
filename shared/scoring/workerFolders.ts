import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, type ProcessIdentity } from './processIdentity';
import { systemErrorCode } from '../errors/systemError';

/** The file in the folder of a worker that tells its process. */
export const workerRecord = 'process.json';

/** The folders of the workers of this process: one for each, with what it writes and a record of its process. */
export class WorkerFolders {
  private count = 0;

  /** `scratch` is the folder of this process alone. */
  constructor(private readonly scratch: string) {}

  /** Makes the folder of a new worker; the folder `output` in it is for files of the script. */
  async make(): Promise<string> {
    const folder = join(this.scratch, 'workers', String(this.count++));
    await mkdir(join(folder, 'output'), { recursive: true });
    return folder;
  }

  /** Records the process of a worker, at once after its start, so that a later host can end it. */
  record(folder: string, pid: number): void {
    const identity = identityOf(pid);
    if (identity !== undefined) writeFileSync(join(folder, workerRecord), JSON.stringify(identity));
  }

  remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the record of a process; `undefined` where there is none, or where a kill has cut it short. */
export function readIdentity(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Ends a process and all that it has started; a group that is gone is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}
