import { mkdir, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesOfAsset } from '../registry/assetContent';

/**
 * Makes a folder that looks as that of a registered model: the model's file or folder in it, by its own name. Its files
 * are links to where they lie, so that a large model is not copied. Fails with `AssetPathMissing` and `AssetEmpty`.
 */
export async function linkModel(
  model: { readonly path: string; readonly name: string },
  folder: string,
): Promise<void> {
  const files = await filesOfAsset({ ...model, kind: 'model' });
  const made = new Set<string>();
  for (const file of files) {
    const link = join(folder, basename(model.path), file);
    const parent = dirname(link);
    // Folders are real: a script that walks through them does not follow links.
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    await symlink(join(model.path, file), link);
  }
}
