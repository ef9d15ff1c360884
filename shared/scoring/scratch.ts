import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../errors/batchpointError';
import { systemErrorCode } from '../errors/systemError';
import { makeFolders } from '../stores/makeFolders';
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
  makeFolders(dirname(root), 0o700);
  unlessSystem('EEXIST', () => mkdirSync(root, { mode: 0o700 }));
  refuseForeign(root);
  const own = ownIdentity();
  for (const name of readdirSync(root))
    if (isAbandoned(root, name)) clear(join(root, name), draftOf(root, own));
  // It tells from its first moment whose it is: another host that starts now must not take it for abandoned.
  const draft = draftOf(root, own);
  mkdirSync(draft);
  writeFileSync(join(draft, hostRecord), JSON.stringify(own));
  const folder = join(root, String(process.pid));
  renameSync(draft, folder);
  return folder;
}

/** Folders below `root` that processes have left that are gone, since this one has opened its own. */
export function abandonedScratch(root: string): string[] {
  return readdirSync(root)
    .filter((name) => name !== String(process.pid) && isAbandoned(root, name))
    .map((name) => join(root, name));
}

/** Ends what was started there, and removes it. */
export function clearScratch(root: string, folder: string): void {
  clear(folder, draftOf(root, ownIdentity()));
}

function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, started: '' };
}

/** Models and scripts are run from there: in a folder for all, as that of temporary files, somebody else may have made it. */
function refuseForeign(root: string): void {
  const found = lstatSync(root);
  const refuse = (reason: string): never => {
    throw failure('ScratchFolderForeign', { folder: root, reason });
  };
  if (!found.isDirectory()) refuse('it is a link or a file, not a folder');
  if (process.getuid === undefined) return;
  if (found.uid !== process.getuid()) refuse(`it belongs to another user (id ${found.uid})`);
  if ((found.mode & 0o022) !== 0) refuse("others may write to it, which 'chmod go-w' mends");
}

/** The name of what this process is about to make, or to remove. */
function draftOf(root: string, { pid, started }: ProcessIdentity): string {
  return join(root, `draft-${pid}-${encodeURIComponent(started)}-${randomUUID()}`);
}

/** Whether something in there was left by a process that is gone. */
function isAbandoned(root: string, name: string): boolean {
  const [, pid, started = ''] = /^draft-(\d+)-(.*)-[0-9a-f-]{36}$/.exec(name) ?? [];
  if (pid !== undefined) return !stillRuns({ pid: Number(pid), started: decodeURIComponent(started) });
  if (!/^\d+$/.test(name)) return false;
  const host = readIdentity(join(root, name, hostRecord));
  return host === undefined || host.pid === process.pid || !stillRuns(host);
}

/** Ends what has been started there, and removes it. Of several hosts that find it, one gets hold of it. */
function clear(folder: string, draft: string): void {
  if (!unlessSystem('ENOENT', () => renameSync(folder, draft))) return;
  new ProcessRecords(draft).killAll();
  rmSync(draft, { recursive: true, force: true });
}

/** Does something; says whether it was done, or met this error of the system. */
function unlessSystem(code: string, action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (systemErrorCode(error) !== code) throw error;
    return false;
  }
}
