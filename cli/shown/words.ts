import { parseAssetReference, type AssetKind } from '../../shared/registry/references';

/** `miniBatchSize` and `AppendRow` as users of the command line know them: `mini_batch_size`, `append_row`. */
export function snakeCase(word: string): string {
  return word.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

/** A mapping with its keys in snake case; its values stay as they are. */
export function snakeCaseKeys(mapping: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [snakeCase(key), value as unknown]),
  );
}

/** `azureml:<name>:<version>` of the id of an asset. */
export function assetReference(kind: AssetKind, id: string): string {
  const { name, version } = parseAssetReference(kind, id);
  return version === undefined ? `azureml:${name}` : `azureml:${name}:${version}`;
}

/** The last part of an id: the name of what it names. */
export function lastOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** A mapping without what is not there. */
export function present(mapping: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined));
}
