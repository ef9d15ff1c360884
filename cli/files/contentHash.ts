import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { assetFiles, type LocalAsset } from './assetFiles';

/** A hash over the names and contents of all files of a folder, so that the same code gets the same name. */
export async function folderHash(asset: LocalAsset): Promise<string> {
  return hashOf(asset, (path) => path);
}

/**
 * The hash by which the host tells whether two files or folders are the same asset: SHA-256 in hex. `files` are the
 * paths of its files, where they are known.
 */
export async function contentHash(asset: LocalAsset, files?: readonly string[]): Promise<string> {
  const root = basename(asset.path);
  return hashOf(asset, (path) => (path === '' ? root : `${root}/${path}`), files);
}

async function hashOf(
  asset: LocalAsset,
  nameOf: (path: string) => string,
  files?: readonly string[],
): Promise<string> {
  const hash = createHash('sha256');
  for (const path of files ?? (await assetFiles(asset))) {
    const content = createHash('sha256');
    await pipeline(createReadStream(join(asset.path, path)), content);
    hash.update(`${nameOf(path)}\0${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}
