import { constants } from 'node:fs';
import { copyFile, link, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode } from '../errors/systemError';
import { filesOfAsset } from '../registry/assetContent';

/**
 * Makes a folder that looks as that of a registered model: the model's file or folder in it, by its own name. Its files
 * are hard links, so that a large model is not copied where that can be helped. Symbolic links would not do: MLflow refuses
 * a model of which files lie elsewhere. Fails with `AssetPathMissing` and `AssetEmpty`.
 */
export async function linkModel(
  model: { readonly path: string; readonly name: string },
  folder: string,
): Promise<void> {
  const files = await filesOfAsset({ ...model, kind: 'model' });
  const made = new Set<string>();
  for (const file of files) {
    const target = join(folder, basename(model.path), file);
    const parent = dirname(target);
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    await linkOrCopy(await realpath(join(model.path, file)), target);
  }
}

/** Why a file gets no second name: another disk, another owner, a file system without them, or too many already. */
const withoutLink = ['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'];

async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (!withoutLink.includes(systemErrorCode(error) ?? '')) throw error;
    await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
}
