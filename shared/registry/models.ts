import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { ModelVersionResource } from '../schemas/rest/generated';
import { takeIn, type AssetContent } from './assetContent';
import { releasing, type AssetSource } from './assetSources';
import { readMlflowModel, type MlflowModel } from './mlflowModel';
import { keepOneContent, madeBefore } from './keepOneContent';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';
import { systemErrorCode } from '../errors/systemError';

/** A version of a model. `mlflow` is there where its folder has an MLmodel file, whatever its type says. */
export interface Model extends AssetLabels {
  readonly type: 'custom_model' | 'mlflow_model';
  readonly content: AssetContent;
  readonly mlflow?: MlflowModel;
}

/** Models: files or folders that are copied when they are registered. */
export class Models {
  readonly versions: VersionedAssets<Model>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<Model>(context.tables, 'models');
  }

  /** Registers a version. Fails, beside bad names and paths, with `MLmodelMissing`, `VersionExists`. */
  async register(
    name: string,
    version: string,
    resource: ModelVersionResource,
  ): Promise<{ asset: AssetVersion<Model>; created: boolean }> {
    this.versions.checkNames(name, version);
    const source = await this.context.sources.open(resource.properties.modelUri);
    const before = await madeBefore(this.versions, { name, version, source });
    return before ?? releasing(source, () => this.registerFrom(source, name, version, resource));
  }

  private async registerFrom(
    { path, upload }: AssetSource,
    name: string,
    version: string,
    resource: ModelVersionResource,
  ): Promise<{ asset: AssetVersion<Model>; created: boolean }> {
    const { properties: body } = resource;
    const mlflow = await readMlflowModel(path, name).catch(onlyFolders);
    if (body.modelType === 'mlflow_model' && mlflow === undefined) {
      throw failure('MLmodelMissing', { model: name, path });
    }
    const id = this.context.newId();
    const content = await takeIn(
      this.context.blobs,
      { path, kind: 'model', name, ...(upload === undefined ? {} : { upload }) },
      { prefix: `assets/models/${name}/${id}/`, scratch: join(this.context.scratch, `asset-${id}`) },
    );
    const value: Model = {
      type: mlflow === undefined ? body.modelType : 'mlflow_model',
      content,
      ...(mlflow === undefined ? {} : { mlflow }),
      ...labelsOf({ ...body, tags: body.tags ?? resource.tags }),
    };
    return keepOneContent(this.context, this.versions, { name, version, value });
  }
}

/** A model that is a single file has no folder to look into. */
function onlyFolders(error: unknown): undefined {
  if (systemErrorCode(error) === 'ENOTDIR') return undefined;
  throw error;
}
