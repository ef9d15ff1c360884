import type { ErrorCode } from '../../shared/errors/catalogue';
import type { AssetLabels, LabelChange } from '../../shared/registry/assetLabels';
import type { AssetKind } from '../../shared/registry/references';
import type { Registry } from '../../shared/registry/registry';
import type { AssetVersion, VersionedAssets } from '../../shared/registry/versionedAssets';
import type { BodyName } from '../../shared/schemas/restBodies';
import type { VersionResource } from './resources/assetResources';
import type { Call } from './route';

/** Kinds of assets as they stand in a sentence. */
export const assetWords: Readonly<Record<AssetKind, { readonly one: string; readonly many: string }>> = {
  models: { one: 'a model', many: 'models' },
  codes: { one: 'a code asset', many: 'code assets' },
  environments: { one: 'an environment', many: 'environments' },
  data: { one: 'a data asset', many: 'data assets' },
};

/** How the versions of one kind of asset are made and read. */
export interface AssetRoutes<Value extends AssetLabels> {
  /** In the names of its functions. */
  readonly label: 'Model' | 'Code' | 'Environment' | 'Data';
  readonly kind: AssetKind;
  /** The name of the check of its bodies. */
  readonly body: Extract<BodyName, `${string}Version`>;
  /** Errors of a registration, beside those that all kinds have. */
  readonly refusals: readonly ErrorCode[];
  /** What says in a body where the content comes from; what says it in the answer means the content that is there. */
  readonly uri?: string;
  readonly versions: (registry: Registry) => VersionedAssets<Value>;
  readonly register: (
    registry: Registry,
    name: string,
    version: string,
    body: unknown,
  ) => Promise<{ asset: AssetVersion<Value>; created: boolean }>;
  readonly show: (asset: AssetVersion<Value>, call: Call) => VersionResource;
}

/** The body of an asset, as far as it is about what people say of it. */
export interface LabelledBody {
  readonly tags?: LabelChange['tags'];
  readonly properties: LabelChange;
}

/** Properties that answers have beside those of the user. */
const computedProperties = ['hash_sha256'];

/** What a body says of an asset's labels. */
export function labelsIn({ tags, properties: body }: LabelledBody): LabelChange {
  const { description, isArchived, stage } = body;
  const own = Object.entries(body.properties ?? {}).filter(([key]) => !computedProperties.includes(key));
  const properties = body.properties === undefined ? undefined : Object.fromEntries(own);
  return { description, tags: body.tags ?? tags, properties, isArchived, stage };
}
