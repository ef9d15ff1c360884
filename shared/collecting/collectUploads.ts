import { uploadContainerPrefix } from '../blobService/serviceUrl';
import { forgetClearing, forgetClearings, noteClearing } from '../registry/clearedContents';
import type { AssetLabels } from '../registry/assetLabels';
import type { AssetContent } from '../registry/assetContent';
import type { Registry } from '../registry/registry';
import type { VersionedAssets } from '../registry/versionedAssets';
import type { OwnStores } from '../stores/stores';
import type { CollectionStep, Collector } from './collection';

/** What abandoned uploads are looked for with. */
export interface UploadsContext {
  readonly stores: OwnStores;
  readonly registry: Registry;
  readonly now: () => Date;
}

/** A signature for an upload is good for hours; a day after the last of its bytes nobody goes on with it. */
const youngest = 24 * 60 * 60_000;

/** So long it is known which contents were cleared away. */
const notedFor = 30 * youngest;

/** The files of a content, or of what is left of one. */
interface FoundContent {
  readonly kind: 'models' | 'codes';
  readonly name: string;
  bytes: number;
  modified: Date;
}

/**
 * Removes what was uploaded and never registered: containers of single uploads, and contents that were taken in but
 * that no version names, as whoever registered them died, or lost against another one.
 */
export function collectUploads(context: UploadsContext): Collector {
  return async function* (request): AsyncGenerator<CollectionStep> {
    const before = new Date(Math.min(request.before.getTime(), context.now().getTime() - youngest));
    yield* abandonedContainers(context, request.dryRun, before);
    yield* namelessContents(context, request.dryRun, before);
    await forgetClearings(context.stores.tables, new Date(context.now().getTime() - notedFor));
  };
}

async function* abandonedContainers(
  { stores }: UploadsContext,
  dryRun: boolean,
  before: Date,
): AsyncGenerator<CollectionStep> {
  for (const name of await stores.oldContainers(uploadContainerPrefix, before)) {
    let [bytes, isYoung] = [0, false];
    for await (const page of stores.container(name).list('')) {
      for (const { size, modified } of page) {
        bytes += size;
        isYoung ||= modified >= before;
      }
    }
    if (isYoung) continue;
    if (!dryRun) await stores.removeContainer(name);
    yield { item: { kind: 'uploads', name: `upload ${name.slice(uploadContainerPrefix.length)}`, bytes } };
  }
}

async function* namelessContents(
  { stores, registry, now }: UploadsContext,
  dryRun: boolean,
  before: Date,
): AsyncGenerator<CollectionStep> {
  const { tables, blobs } = stores;
  for (const [prefix, { kind, name, bytes, modified }] of await contentsOf(stores)) {
    if (modified >= before) continue;
    const { versions } = registry[kind] as { readonly versions: VersionedAssets<WithContent> };
    const isNamed = async (): Promise<boolean> => {
      // One that is being removed may stay after all.
      for await (const { value } of versions.removals(name)) if (value.content.prefix === prefix) return true;
      return (await versions.listVersions(name)).some(({ value }) => value.content.prefix === prefix);
    };
    if (await isNamed()) continue;
    if (!dryRun) {
      await noteClearing(tables, prefix, now());
      if (await isNamed()) {
        await forgetClearing(tables, prefix);
        continue;
      }
      await blobs.removeAll(prefix.slice(0, -1));
    }
    yield { item: { kind: 'uploads', name: `unregistered content of ${name}`, bytes } };
  }
}

type WithContent = AssetLabels & { readonly content: AssetContent };

/** All contents of models and code that there are, by the start of the names of their files. */
async function contentsOf({ blobs }: OwnStores): Promise<ReadonlyMap<string, FoundContent>> {
  const found = new Map<string, FoundContent>();
  for await (const page of blobs.list('assets/')) {
    for (const { name: blob, size, modified } of page) {
      const [, start, kind, name = ''] =
        /^(assets\/(models|codes)\/([^/]+)\/[^/]+?)(?:\/|\.files\.json$)/.exec(blob) ?? [];
      if (start === undefined || (kind !== 'models' && kind !== 'codes')) continue;
      const prefix = `${start}/`;
      const content = found.get(prefix) ?? { kind, name, bytes: 0, modified };
      content.bytes += size;
      if (modified > content.modified) content.modified = modified;
      found.set(prefix, content);
    }
  }
  return found;
}
