import { fileURLToPath } from 'node:url';
import type { Context } from '../context';

/** What a URI is for: the content of an asset, which is copied in, or data, which stays where it lies. */
export interface UsedFor {
  readonly kind: 'model' | 'code' | 'data asset' | 'input';
  readonly name: string;
}

/**
 * The URI by which the host finds what a URI names. A file or folder of this machine is uploaded where the host does not
 * read it where it lies; everything else is left as it is. Fails with `UploadImpossible` and `UploadChanged`.
 */
export async function hostUri(context: Context, uri: string, usedFor: UsedFor): Promise<string> {
  if (!/^file:/i.test(uri) || (await context.readsLocalFiles())) return uri;
  const { uploadAsset } = await import('./uploadAsset.js');
  return uploadAsset(context, { ...usedFor, path: fileURLToPath(uri) });
}
