import type { CodeVersionResource } from '../schemas/rest/generated';
import type { AssetContent } from './assetContent';
import { keepOneContent, madeBefore, takeInSource } from './keepOneContent';
import { releasing, type AssetSource } from './assetSources';
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
    this.versions = new VersionedAssets<Code>(context.tables, 'codes', context.now);
  }

  async register(
    name: string,
    version: string,
    resource: CodeVersionResource,
  ): Promise<{ asset: AssetVersion<Code>; created: boolean }> {
    this.versions.checkNames(name, version);
    const source = await this.context.sources.open(resource.properties.codeUri);
    const before = await madeBefore(this.versions, { name, version, source });
    return before ?? releasing(source, () => this.registerFrom(source, name, version, resource));
  }

  private async registerFrom(
    source: AssetSource,
    name: string,
    version: string,
    resource: CodeVersionResource,
  ): Promise<{ asset: AssetVersion<Code>; created: boolean }> {
    const content = await takeInSource(this.context, source, { kind: 'code', name });
    const value: Code = { content, ...labelsOf(resource.properties) };
    return keepOneContent(this.context, this.versions, { name, version, value });
  }
}
