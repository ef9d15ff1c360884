import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';
import { killGroup, readIdentity, workerRecord } from './workerFolders';
import { systemErrorCode } from '../errors/systemError';

const hostRecord = 'host.json';

/**
 * Makes the folder that this process keeps unfinished work in, below `root`, and gives its path. What processes
 * that are gone have left there is cleared first: their workers are ended, their folders removed.
 */
export function openScratch(root: string): string {
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(root)) {
    if (/^\d+$/.test(name)) clearAbandoned(join(root, name));
  }
  const folder = join(root, String(process.pid));
  mkdirSync(folder);
  writeFileSync(join(folder, hostRecord), JSON.stringify(identityOf(process.pid)));
  return folder;
}

function clearAbandoned(folder: string): void {
  const host = readIdentity(join(folder, hostRecord));
  if (host !== undefined && isAnother(host)) return;
  for (const worker of workersIn(folder)) if (stillRuns(worker)) killGroup(worker.pid);
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a process runs that is not this one. */
function isAnother(host: ProcessIdentity): boolean {
  return host.pid !== process.pid && stillRuns(host);
}

function workersIn(folder: string): ProcessIdentity[] {
  try {
    const folders = readdirSync(join(folder, 'workers'));
    const records = folders.map((name) => readIdentity(join(folder, 'workers', name, workerRecord)));
    return records.filter((record) => record !== undefined);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
