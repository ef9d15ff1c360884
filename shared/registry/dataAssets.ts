import { createHash } from 'node:crypto';
import { failure } from '../errors/batchpointError';
import { parseInputUri } from '../inputs/inputUri';
import type { DataVersionResource } from '../schemas/rest/generated';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';

/** A version of a data asset: a name for a URL, a datastore URI or a local path. Its files are read in place. */
export interface DataAsset extends AssetLabels {
  readonly type: 'uri_file' | 'uri_folder';
  readonly uri: string;
}

/** Data assets. What a version points to never changes; the files there are the owner's. */
export class DataAssets {
  readonly versions: VersionedAssets<DataAsset>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<DataAsset>(context.tables, 'data', context.now);
  }

  async register(
    name: string,
    version: string,
    resource: DataVersionResource,
  ): Promise<{ asset: AssetVersion<DataAsset>; created: boolean }> {
    const { dataType, dataUri, ...body } = resource.properties;
    if (parseInputUri(dataUri).kind === 'data') {
      throw failure('UriInvalid', { uri: dataUri, reason: 'a data asset cannot point to another one' });
    }
    const value: DataAsset = { type: dataType, uri: dataUri, ...labelsOf(body) };
    const digest = createHash('sha256')
      .update(JSON.stringify([dataType, dataUri]))
      .digest('hex');
    const createdAt = this.context.now().toISOString();
    return this.versions.create({ name, version, createdAt, digest, value });
  }
}
