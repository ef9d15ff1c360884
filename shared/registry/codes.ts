import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { CodeVersionResource } from '../schemas/rest/generated';
import { takeIn, type AssetContent } from './assetContent';
import { keepOneContent } from './keepOneContent';
import { isLocalUri, localPathOf } from './localPaths';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';

/** A version of scoring code: a folder. */
export interface Code extends AssetLabels {
  readonly content: AssetContent;
}

/** Scoring code: folders that are copied when they are registered. */
export class Codes {
  readonly versions: VersionedAssets<Code>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<Code>(context.tables, 'codes');
  }

  async register(
    name: string,
    version: string,
    resource: CodeVersionResource,
  ): Promise<{ asset: AssetVersion<Code>; created: boolean }> {
    this.versions.checkNames(name, version);
    const { codeUri } = resource.properties;
    if (!isLocalUri(codeUri))
      throw failure('UriInvalid', { uri: codeUri, reason: 'code is registered from a local folder' });
    const path = localPathOf(codeUri, this.context.localFiles);
    const id = this.context.newId();
    const content = await takeIn(
      this.context.blobs,
      { path, kind: 'code', name },
      { prefix: `assets/codes/${name}/${id}/`, scratch: join(this.context.scratch, `asset-${id}`) },
    );
    const value: Code = { content, ...labelsOf(resource.properties) };
    return keepOneContent(this.context, this.versions, { name, version, value });
  }
}
