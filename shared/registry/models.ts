import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { ModelVersionResource } from '../schemas/rest/generated';
import { takeIn, type AssetContent } from './assetContent';
import { isLocalUri, localPathOf } from './localPaths';
import { readMlflowModel, type MlflowModel } from './mlflowModel';
import { keepOneContent } from './keepOneContent';
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
    const { properties: body } = resource;
    if (!isLocalUri(body.modelUri))
      throw failure('UriInvalid', {
        uri: body.modelUri,
        reason: 'a model is registered from a local file or folder',
      });
    const path = localPathOf(body.modelUri, this.context.localFiles);
    const mlflow = await readMlflowModel(path, name).catch(onlyFolders);
    if (body.modelType === 'mlflow_model' && mlflow === undefined) {
      throw failure('MLmodelMissing', { model: name, path });
    }
    const id = this.context.newId();
    const content = await takeIn(
      this.context.blobs,
      { path, kind: 'model', name },
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
