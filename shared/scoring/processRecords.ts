import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../errors/systemError';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';

/** The processes that this one has started: recorded, so that a later host can end what a killed one has left. */
export class ProcessRecords {
  private readonly folder: string;

  /** `scratch` is the folder of one host process alone. */
  constructor(scratch: string) {
    this.folder = join(scratch, 'processes');
    mkdirSync(this.folder, { recursive: true });
  }

  /** Records a process, at once after its start; it leads a group of its own. */
  add(pid: number): void {
    const identity = identityOf(pid);
    if (identity !== undefined) writeFileSync(join(this.folder, `${pid}.json`), JSON.stringify(identity));
  }

  /** Forgets a process that has ended. */
  remove(pid: number): void {
    rmSync(join(this.folder, `${pid}.json`), { force: true });
  }

  /** Ends all processes that are recorded and still run, each with its group. */
  killAll(): void {
    for (const name of readdirSync(this.folder)) {
      const identity = readIdentity(join(this.folder, name));
      if (identity !== undefined && stillRuns(identity)) killGroup(identity.pid);
    }
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
