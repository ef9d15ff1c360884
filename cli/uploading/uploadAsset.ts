import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';
import { defaultDatastore } from '../../shared/registry/datastores';
import { forEachBounded } from '../../shared/stores/boundedWork';
import type { Context } from '../context';
import { assetFiles, type LocalAsset } from '../files/assetFiles';
import { contentHash } from '../files/contentHash';
import { openDefaultDatastore, uploadFailure } from './defaultDatastore';
import type { UsedFor } from './hostUri';
import { UploadProgress } from './uploadProgress';

const filesAtOnce = 4;

/** The folder of data that is no data: the state of the command line, as where a host reads it in place. */
const leftOutOfData = ['.batchpoint'];

/** What tells whether a file changes meanwhile. */
interface Seen {
  readonly size: number;
  readonly modified: number;
}

/** A file on its way: its path here, and the name of its blob. */
interface Upload extends Seen {
  readonly path: string;
  readonly blob: string;
}

/**
 * Uploads a file or folder to the default datastore of the host, and answers its URI there. It lies below a name that is
 * made from its content, as clients of Azure Machine Learning do it: what is there already is not uploaded again.
 */
export async function uploadAsset(context: Context, asset: LocalAsset & UsedFor): Promise<string> {
  const { digest, files } = await contentOf(asset);
  const folder = `LocalUpload/${digest}`;
  const target = [folder, basename(asset.path)].filter((part) => part !== '').join('/');
  const datastore = await openDefaultDatastore(context, asset.path);
  const progress = new UploadProgress(context.terminal, basename(asset.path));
  try {
    const present = await datastore.sizes(`${folder}/`);
    const uploads = files
      .map(({ file, ...seen }): Upload => {
        const blob = file === '' ? target : `${target}/${file}`;
        return { ...seen, path: join(asset.path, file), blob };
      })
      .filter(({ blob, size }) => present.get(blob) !== size);
    progress.expect(uploads.reduce((sum, { size }) => sum + size, 0));
    await forEachBounded(filesAtOnce, uploads, async (upload) => {
      const path = await realpath(upload.path).catch(() => upload.path);
      await datastore.upload(upload.blob, path, (bytes) => {
        if (context.signal.aborted) throw failure('Interrupted', { advice: '' });
        progress.add(bytes);
      });
      if (!(await hasChanged(upload))) return;
      // It is not what its name says, and would be taken for that.
      await datastore.remove(upload.blob);
      throw failure('UploadChanged', { path: upload.path });
    });
  } catch (error) {
    throw await uploadFailure(context, asset.path, error);
  } finally {
    progress.end();
  }
  return `azureml://datastores/${defaultDatastore}/paths/${target}`;
}

/** The digest of what is to be uploaded, and its files as they were before they were read for it. */
async function contentOf(
  asset: LocalAsset & UsedFor,
): Promise<{ digest: string; files: readonly (Seen & { readonly file: string })[] }> {
  const isData = asset.kind === 'data asset' || asset.kind === 'input';
  const names = await assetFiles(asset, isData ? leftOutOfData : undefined);
  try {
    const seen = names.map(async (file) => ({ file, ...(await lookAt(join(asset.path, file))) }));
    const files = await Promise.all(seen);
    return { digest: await contentHash(asset, names), files };
  } catch (error) {
    throw failure('AssetPathMissing', { ...asset, reason: systemErrorReason(error) }, { cause: error });
  }
}

async function lookAt(path: string): Promise<Seen> {
  const { size, mtimeMs: modified } = await stat(path);
  return { size, modified };
}

async function hasChanged({ path, size, modified }: Upload): Promise<boolean> {
  const now = await lookAt(path).catch(() => undefined);
  return now?.size !== size || now.modified !== modified;
}
