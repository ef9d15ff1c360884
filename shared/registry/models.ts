import { failure } from '../errors/batchpointError';
import type { ModelVersionResource } from '../schemas/rest/generated';
import type { AssetContent } from './assetContent';
import { releasing, type AssetSource } from './assetSources';
import { readMlflowModel, type MlflowModel } from './mlflowModel';
import { keepOneContent, madeBefore, takeInSource } from './keepOneContent';
import { findOnnxFile } from './onnxModel';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';
import { systemErrorCode } from '../errors/systemError';

/** What a model is found to be. `mlflow` is there where its folder has an MLmodel file, whatever its type says. */
export interface ModelFacts {
  readonly type: 'custom_model' | 'mlflow_model';
  readonly mlflow?: MlflowModel;
  /** Whether it is an ONNX file, a folder with one, or an MLflow model that says so of itself. */
  readonly onnx?: true;
}

/** A version of a model. */
export interface Model extends AssetLabels, ModelFacts {
  readonly content: AssetContent;
}

/**
 * Looks at a model's file or folder on this machine. Fails with `MLmodelInvalid`, `MLmodelMissing`, `AssetEmpty`,
 * `AssetPathMissing`.
 */
export async function lookAtModel(path: string, name: string, type: ModelFacts['type']): Promise<ModelFacts> {
  const mlflow = await readMlflowModel(path, name).catch(onlyFolders);
  if (mlflow === undefined && type === 'mlflow_model') throw failure('MLmodelMissing', { model: name, path });
  const onnx = (await findOnnxFile(path, name)) === undefined ? {} : { onnx: true as const };
  return mlflow === undefined ? { type, ...onnx } : { type: 'mlflow_model', mlflow, ...onnx };
}

/** What scores a model without a script: Node an ONNX model, Python any other that MLflow can load. */
export type ScriptlessKind = 'onnx' | 'mlflow';

/** What scores a model that comes without a script. Fails with `ScriptNeeded` or `FlavorMissing` where nothing does. */
export function scriptlessKind(
  { mlflow, onnx }: ModelFacts,
  { deployment, model }: { deployment: string; model: string },
): ScriptlessKind {
  if (onnx === true) return 'onnx';
  if (mlflow === undefined) throw failure('ScriptNeeded', { deployment, model });
  if (mlflow.flavors.includes('python_function')) return 'mlflow';
  throw failure('FlavorMissing', { model, flavors: mlflow.flavors.join(', ') || 'none' });
}

/** Models: files or folders that are copied when they are registered. */
export class Models {
  readonly versions: VersionedAssets<Model>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<Model>(context.tables, 'models', context.now);
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
    source: AssetSource,
    name: string,
    version: string,
    resource: ModelVersionResource,
  ): Promise<{ asset: AssetVersion<Model>; created: boolean }> {
    const { properties: body } = resource;
    const facts = await lookAtModel(source.path, name, body.modelType);
    const content = await takeInSource(this.context, source, { kind: 'model', name });
    const value: Model = {
      ...facts,
      content,
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
