import type { Dirent } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemErrorReason } from '../errors/systemError';

/** What an entry of a folder is, where it is neither a file nor a folder: `special` is a device, a pipe or a socket. */
export interface OddEntry {
  readonly fault: string;
  readonly special: boolean;
}

/**
 * What an entry of a folder is, links followed; or why it can be neither read nor entered. That is never passed over:
 * whoever gives a folder means all that is in it.
 */
export async function entryKind(path: string, entry: Dirent): Promise<'file' | 'folder' | OddEntry> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  try {
    const found = await stat(path);
    if (found.isFile()) return 'file';
    if (found.isDirectory()) return 'folder';
  } catch (error) {
    const fault = entry.isSymbolicLink() ? faultOfLink(error) : systemErrorReason(error);
    return { fault, special: false };
  }
  return { fault: 'it is neither a file nor a folder', special: true };
}

/** Why a link cannot be followed. */
export function faultOfLink(error: unknown): string {
  const reason = systemErrorReason(error);
  return faultsOfLinks[reason] ?? reason;
}

const faultsOfLinks: Readonly<Record<string, string>> = {
  ENOENT: 'it is a link that leads nowhere',
  ENOTDIR: 'it is a link that leads nowhere',
  ELOOP: 'it is a link that leads back to itself',
};
