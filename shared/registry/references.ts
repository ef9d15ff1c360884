import { failure } from '../errors/batchpointError';

/** The kinds of versioned assets, by the segment that their ids have. */
export const assetKinds = {
  models: 'model',
  codes: 'code',
  environments: 'environment',
  data: 'data asset',
} as const;

export type AssetKind = keyof typeof assetKinds;

/** A reference to a version of an asset; without `version` it means the newest one. */
export interface AssetReference {
  readonly name: string;
  readonly version?: string;
}

/**
 * Reads a reference to an asset: `azureml:<name>:<version>`, `azureml:<name>@latest`, `azureml:<name>`, or an ARM
 * id that ends in `/<kind>/<name>/versions/<version>`. Fails with `ReferenceInvalid`.
 */
export function parseAssetReference(kind: AssetKind, reference: string): AssetReference {
  const text = reference.replace(/^azureml:(?!\/\/)/i, '');
  const byId = new RegExp(`/${kind}/([^/]+)/versions/([^/]+)/?$`, 'i').exec(text);
  const byName = /^([^/:@]+)(?::([^/:@]+)|@latest)?$/.exec(text);
  const match = text.startsWith('/') ? byId : byName;
  const name = match?.[1];
  if (name === undefined) throw failure('ReferenceInvalid', { reference, kind: `a ${assetKinds[kind]}` });
  const version = match?.[2];
  return version === undefined ? { name } : { name, version };
}

/** Reads a reference to something without versions: `azureml:<name>`, `<name>`, or an ARM id ending in it. */
export function parseNameReference(kind: 'computes' | 'datastores', reference: string): string {
  const text = reference.replace(/^azureml:(?!\/\/)/i, '');
  const byId = new RegExp(`/${kind}/([^/]+)/?$`, 'i').exec(text);
  const byName = /^([^/:@]+)$/.exec(text);
  const name = (text.startsWith('/') ? byId : byName)?.[1];
  if (name === undefined) throw failure('NameReferenceInvalid', { reference, kind: kind.slice(0, -1) });
  return name;
}
