import { artifactDatastore } from '../../../shared/blobService/artifactStore';
import type { Code } from '../../../shared/registry/codes';
import type { DataAsset } from '../../../shared/registry/dataAssets';
import type { Environment } from '../../../shared/registry/environments';
import type { Model } from '../../../shared/registry/models';
import type { AssetKind } from '../../../shared/registry/references';
import type { AssetContainer } from '../../../shared/registry/assetContainers';
import type { AssetVersion } from '../../../shared/registry/versionedAssets';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** The properties of a version by the kind of its asset. */
const propertiesOf = {
  models: ({ type, mlflow, content, ...labels }: Model): object => ({
    ...labels,
    // By this a client knows, before it registers a version, whether it is there with the same content.
    properties: { ...labels.properties, hash_sha256: content.digest },
    modelType: type,
    modelUri: `azureml://datastores/${artifactDatastore}/paths/${content.prefix}${content.root}`,
    // Clients look into the flavors of every model.
    flavors: Object.fromEntries((mlflow?.flavors ?? []).map((flavor) => [flavor, {}])),
  }),
  codes: ({ content, ...labels }: Code): object => ({
    ...labels,
    codeUri: `azureml://assets/${content.prefix}${content.root}`,
  }),
  environments: ({ requirements, ...rest }: Environment): object => ({ ...rest, osType: 'Linux' }),
  data: ({ type, uri, ...labels }: DataAsset): object => ({ ...labels, dataType: type, dataUri: uri }),
} as const;

/** A version in an answer. */
export interface VersionResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly systemData: object;
  readonly properties: object;
}

type AssetOf<Kind extends AssetKind> = Parameters<(typeof propertiesOf)[Kind]>[0];

/** A version of an asset as clients see it. */
export function versionResource<Kind extends AssetKind>(
  kind: Kind,
  asset: AssetVersion<AssetOf<Kind>>,
  workspace: WorkspacePath,
): VersionResource {
  const properties = propertiesOf[kind] as (value: AssetOf<Kind>) => object;
  return {
    id: `${workspaceId(workspace)}/${kind}/${asset.name}/versions/${asset.version}`,
    name: asset.version,
    type: `Microsoft.MachineLearningServices/workspaces/${kind}/versions`,
    systemData: { createdAt: asset.createdAt },
    properties: { isArchived: false, ...properties(asset.value) },
  };
}

/** An asset over all its versions as clients see it. */
export function containerResource(
  kind: AssetKind,
  container: AssetContainer,
  workspace: WorkspacePath,
): object {
  const {
    name,
    latestVersion = null,
    nextVersion,
    isArchived = false,
    description,
    tags,
    properties,
  } = container;
  return {
    id: `${workspaceId(workspace)}/${kind}/${name}`,
    name,
    type: `Microsoft.MachineLearningServices/workspaces/${kind}`,
    properties: { latestVersion, nextVersion, isArchived, description, tags, properties },
  };
}
