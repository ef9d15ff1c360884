import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failure, isFailure } from '../errors/batchpointError';
import { entryKind } from '../inputs/entryKind';
import type { BlobStore } from '../stores/blobStore';
import { systemErrorReason } from '../errors/systemError';

/**
 * Folders that are no part of an asset: compiled Python, which is made anew where the code runs and would make equal
 * folders differ, and state folders, which lie in working copies and hold copies of all assets.
 */
export const leftOut: readonly string[] = ['__pycache__', '.batchpoint'];

/** One file of an asset: its path below the asset's folder, with `/`, its bytes and its SHA-256 in hex. */
export interface AssetFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** The content of an asset: where its files lie among the blobs, and what they are. */
export interface AssetContent {
  /** The start of the names of its blobs; it ends in `/`. */
  readonly prefix: string;
  /** The name of the file or folder that was registered. */
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 over paths and digests of all files, in hex. */
  readonly digest: string;
  /** The container of the upload that it was taken in from, which is gone since. */
  readonly upload?: string;
}

/**
 * Takes a local file or folder in as the content of an asset. Every attempt writes under a prefix of its own, so
 * that a content that is half there is never one that a version names. Symbolic links are followed, a loop of them once; one that leads nowhere is named.
 */
export async function takeIn(
  blobs: BlobStore,
  source: { readonly path: string; readonly kind: string; readonly name: string; readonly upload?: string },
  target: { readonly prefix: string; readonly scratch: string },
): Promise<AssetContent> {
  const root = basename(source.path);
  const paths = await filesOfAsset(source);
  const files: AssetFile[] = [];
  await mkdir(target.scratch, { recursive: true });
  try {
    for (const path of paths) {
      const from = path === '' ? source.path : join(source.path, path);
      const copy = join(target.scratch, 'copy');
      await copyFile(from, copy).catch((error: unknown) => {
        throw unreadable(source, from, systemErrorReason(error), error);
      });
      const name = path === '' ? root : `${root}/${path}`;
      const sha256 = await sha256Of(copy);
      const { size } = await blobs.stage(`${target.prefix}${name}`, copy);
      files.push({ path: name, size, sha256 });
    }
    await blobs.write(manifestName(target.prefix), JSON.stringify(files));
  } finally {
    await rm(target.scratch, { recursive: true, force: true });
  }
  return {
    prefix: target.prefix,
    root,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    digest: digestOf(files),
    ...(source.upload === undefined ? {} : { upload: source.upload }),
  };
}

/** The blob that lists the files of a content; it stands beside them. */
export function manifestName(prefix: string): string {
  return `${prefix.replace(/\/$/, '')}.files.json`;
}

/** SHA-256 of a file in hex, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function digestOf(files: readonly AssetFile[]): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${path}\0${sha256}\n`);
  return hash.digest('hex');
}

/**
 * The relative paths of all files of an asset's folder, sorted; one empty path for a single file. Fails with
 * `AssetPathMissing` and `AssetEmpty`.
 */
export async function filesOfAsset(source: {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
}): Promise<string[]> {
  const found: string[] = [];
  // `above` holds the real paths of the folders that lead here: one of them again is a loop, and is walked once.
  const walk = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(folder);
    if (above.includes(real)) return;
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (leftOut.includes(entry.name)) continue;
      const path = join(folder, entry.name);
      const kind = await entryKind(path, entry);
      if (typeof kind === 'object') throw unreadable(source, path, kind.fault);
      if (kind === 'folder') await walk(path, `${prefix}${entry.name}/`, [...above, real]);
      else found.push(`${prefix}${entry.name}`);
    }
  };
  try {
    if (!(await stat(source.path)).isDirectory()) return [''];
    await walk(source.path, '', []);
  } catch (error) {
    if (isFailure(error)) throw error;
    throw unreadable(source, source.path, systemErrorReason(error), error);
  }
  if (found.length === 0) throw failure('AssetEmpty', { ...source });
  return found.sort();
}

function unreadable(
  { kind, name }: { kind: string; name: string },
  path: string,
  reason: string,
  cause?: unknown,
): Error {
  return failure('AssetPathMissing', { kind, name, path, reason }, { cause });
}
