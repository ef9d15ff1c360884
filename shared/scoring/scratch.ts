import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';
import { ProcessRecords, readIdentity } from './processRecords';

/** Not `host.json`: the Functions host starts again when a file of that name is written anywhere below its app. */
const hostRecord = 'process.json';

/**
 * Makes the folder that this process keeps unfinished work in, below `root`, and gives its path. What processes
 * that are gone have left there is cleared first: what they had started is ended, their folders are removed. Fails
 * with `ScratchFolderForeign`.
 */
export function openScratch(root: string): string {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  refuseForeign(root);
  for (const name of readdirSync(root)) {
    if (/^\d+$/.test(name)) clearAbandoned(join(root, name));
  }
  const folder = join(root, String(process.pid));
  mkdirSync(folder);
  writeFileSync(join(folder, hostRecord), JSON.stringify(identityOf(process.pid)));
  return folder;
}

/** Models and scripts are run from there: in a folder for all, as that of temporary files, somebody else may have made it. */
function refuseForeign(root: string): void {
  const { uid } = statSync(root);
  if (process.getuid !== undefined && uid !== process.getuid())
    throw failure('ScratchFolderForeign', { folder: root, owner: uid });
}

function clearAbandoned(folder: string): void {
  const host = readIdentity(join(folder, hostRecord));
  if (host !== undefined && isAnother(host)) return;
  new ProcessRecords(folder).killAll();
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a process runs that is not this one. */
function isAnother(host: ProcessIdentity): boolean {
  return host.pid !== process.pid && stillRuns(host);
}
