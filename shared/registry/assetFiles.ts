import { text } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import { readPiece, type ByteSpan, type FilePiece } from '../stores/filePiece';
import type { BlobStore } from '../stores/blobStore';
import { manifestName, type AssetContent, type AssetFile } from './assetContent';

/** A version of an asset of which the files are given. */
interface FiledAsset {
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly content: AssetContent;
}

/** Gives the files of a version of an asset, as they were taken in. */
export class AssetFiles {
  constructor(
    private readonly blobs: BlobStore,
    private readonly asset: FiledAsset,
  ) {}

  /** Its files; their names begin with the name of what was registered. */
  async list(): Promise<{ readonly name: string; readonly size: number }[]> {
    const manifest = await text(await this.blobs.read(manifestName(this.asset.content.prefix)));
    return (JSON.parse(manifest) as AssetFile[]).map(({ path, size }) => ({ name: path, size }));
  }

  /** A range of a file, or as much of it as one answer carries. Fails with `AssetFileMissing`, `RangeInvalid`. */
  async read(file: string, range: ByteSpan): Promise<FilePiece> {
    const { kind, name, version, content } = this.asset;
    const isThere = (await this.list()).some((one) => one.name === file);
    const piece = isThere ? await readPiece(this.blobs, `${content.prefix}${file}`, range) : undefined;
    if (piece === undefined) throw failure('AssetFileMissing', { kind, name, version, file });
    return piece;
  }
}
