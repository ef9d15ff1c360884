import { failure } from '../errors/batchpointError';
import { pathInWorkspace } from './longForms';

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
 * Reads a reference to an asset: `azureml:<name>:<version>`, `azureml:<name>@latest`, `azureml:<name>`, an ARM id or an
 * `azureml://` long form that ends in `<kind>/<name>/versions/<version>` or `<kind>/<name>/labels/latest`. Keywords are
 * read in any case. Fails with `ReferenceInvalid` and `RegistryUnsupported`.
 */
export function parseAssetReference(kind: AssetKind, reference: string): AssetReference {
  const path = pathInWorkspace(reference);
  const byPath = new RegExp(`^${kind}/([^/]+)/(?:versions/([^/]+)|labels/latest)/?$`, 'i');
  const byName = /^(?:azureml:)?([^/:@]+)(?::([^/:@]+)|@latest)?$/i;
  const match = path === undefined ? byName.exec(reference) : byPath.exec(path);
  const name = match?.[1];
  if (name === undefined)
    throw failure('ReferenceInvalid', { reference, kind: withArticle(assetKinds[kind]) });
  const version = match?.[2];
  return version === undefined ? { name } : { name, version };
}

function withArticle(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** The kinds of things without versions, by the segment that their ids have. */
const namedKinds = { computes: 'compute', datastores: 'datastore', batchEndpoints: 'endpoint' } as const;

/** Reads a reference to something without versions: `azureml:<name>`, `<name>`, or a long form that ends in it. */
export function parseNameReference(kind: keyof typeof namedKinds, reference: string): string {
  const path = pathInWorkspace(reference);
  const byPath = new RegExp(`^${kind}/([^/]+)/?$`, 'i');
  const match = path === undefined ? /^(?:azureml:)?([^/:@]+)$/i.exec(reference) : byPath.exec(path);
  const name = match?.[1];
  if (name === undefined) throw failure('NameReferenceInvalid', { reference, kind: namedKinds[kind] });
  return name;
}
