import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';
import { leftOut as leftOutOfAssets } from '../../shared/registry/assetContent';
import { refuseOddFile } from './regularFile';

/** A file or folder of this machine that is to be an asset; `kind` and `name` say whose it is. */
export interface LocalAsset {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

/**
 * The paths of all files of an asset below its folder, sorted; one empty path for a single file. Links are followed.
 * Entries with the names in `leftOut` are no part of it. Fails with `AssetPathMissing`, also where something is neither
 * file nor folder, and with `AssetEmpty`.
 */
export async function assetFiles(
  asset: LocalAsset,
  leftOut: readonly string[] = leftOutOfAssets,
): Promise<string[]> {
  let found: string[];
  try {
    found = await filesBelow(asset, '', leftOut);
  } catch (error) {
    if (isFailure(error)) throw error;
    throw failure('AssetPathMissing', { ...asset, reason: systemErrorReason(error) }, { cause: error });
  }
  if (found.length === 0) throw failure('AssetEmpty', { ...asset });
  return found.sort();
}

async function filesBelow(
  asset: LocalAsset,
  relative: string,
  leftOut: readonly string[],
): Promise<string[]> {
  const path = join(asset.path, relative);
  const status = await stat(path);
  if (!status.isDirectory()) {
    refuseOddFile(status, (reason) => failure('AssetPathMissing', { ...asset, path, reason }));
    return [relative];
  }
  const found: string[] = [];
  for (const name of await readdir(path)) {
    if (leftOut.includes(name)) continue;
    found.push(...(await filesBelow(asset, relative === '' ? name : `${relative}/${name}`, leftOut)));
  }
  return found;
}
