import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode } from '../errors/systemError';

/**
 * Makes a folder and those above it that are missing; `mode` is that of new ones. Answers the topmost one that it
 * made, or `undefined` where all were there. Fails as `mkdir` does.
 *
 * In Node `mkdir` with `recursive` goes up and down for ever where a folder cannot be made although the one above it is
 * there: below a link that leads nowhere, and in `/proc`.
 */
export function makeFolders(folder: string, mode?: number): string | undefined {
  const missing: string[] = [];
  let at = resolve(folder);
  while (!isThere(at)) {
    missing.push(at);
    at = dirname(at);
  }
  for (const path of missing.toReversed()) makeOne(path, mode);
  return missing.at(-1);
}

/** Whether a folder is there. Fails where something else is in its place. */
function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory()) return true;
  const fault = { code: 'ENOTDIR', syscall: 'mkdir', path };
  throw Object.assign(new Error(`ENOTDIR: '${path}' is no folder`), fault);
}

/** Another process may make the same folder at the same moment. */
function makeOne(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !isThere(path)) throw error;
  }
}
