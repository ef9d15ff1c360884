import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFailure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import type { BlobStore } from '../stores/blobStore';
import { fileFailure } from '../stores/fileErrors';
import type { Trigger } from './trigger';

/** A folder of this machine that is to be watched with all below it. */
export interface WatchedPlace {
  /** The datastore that it belongs to. */
  readonly id: string;
  readonly folder: string;
  /** Milliseconds that a file has to stay as it is. */
  readonly settleMilliseconds: number;
  /** ISO 8601 in UTC: what was there before it need not be told. */
  readonly since: string;
}

interface WatchedPlacesContext {
  readonly triggers: { list(): Promise<readonly Stored<Trigger>[]> };
  /** The store of a datastore. */
  readonly open: (datastore: string) => Promise<Pick<BlobStore, 'url'>>;
  /** The folder of the file, which a host that watches folders reads. */
  readonly stateFolder: string;
}

/** The file that tells the host of this machine which folders to watch for the app. */
export class WatchedPlaces {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly context: WatchedPlacesContext) {}

  /** Writes the places as triggers and datastores are now, where they have changed. */
  update(): Promise<void> {
    // One after the other, so that the last one tells what is.
    const next = this.last.then(() => this.write());
    this.last = next.catch(() => undefined);
    return next;
  }

  private async write(): Promise<void> {
    const file = join(this.context.stateFolder, 'watched.json');
    const text = `${JSON.stringify({ places: await this.places() }, undefined, 2)}\n`;
    const draft = `${file}.${randomUUID()}`;
    try {
      if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
      await writeFile(draft, text);
      await rename(draft, file);
    } catch (error) {
      throw fileFailure(error, { store: this.context.stateFolder });
    }
  }

  /** The folders that triggers watch, also those that are paused: what lands meanwhile waits. */
  private async places(): Promise<WatchedPlace[]> {
    const { triggers, open } = this.context;
    const found: WatchedPlace[] = [];
    for (const { value } of await triggers.list()) {
      const { watch, createdAt } = value;
      if (watch.type !== 'files') continue;
      const root = await rootOf(() => open(watch.datastore));
      if (root === undefined) continue;
      found.push({
        id: watch.datastore,
        folder: join(root, watch.path),
        settleMilliseconds: Math.round(watch.settleSeconds * 1_000),
        since: createdAt,
      });
    }
    return outermost(found);
  }
}

/** The folder of a datastore on this machine; nothing where it lies elsewhere, or is gone or refused. */
async function rootOf(open: () => Promise<Pick<BlobStore, 'url'>>): Promise<string | undefined> {
  try {
    const { url } = await open();
    return url.startsWith('file:') ? resolve(fileURLToPath(url)) : undefined;
  } catch (error) {
    if (isFailure(error) && !error.retryable) return undefined;
    throw error;
  }
}

/**
 * One place for each folder that is not below another: who watches a folder sees all below. The shortest time to settle
 * and the earliest beginning count; triggers look again at what they are told.
 */
function outermost(places: readonly WatchedPlace[]): WatchedPlace[] {
  const kept: WatchedPlace[] = [];
  for (const place of [...places].sort((a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0))) {
    const at = kept.findIndex(({ folder }) => `${place.folder}/`.startsWith(folder.replace(/\/?$/, '/')));
    const outer = kept[at];
    if (outer === undefined) kept.push(place);
    else
      kept[at] = {
        ...outer,
        settleMilliseconds: Math.min(outer.settleMilliseconds, place.settleMilliseconds),
        since: outer.since < place.since ? outer.since : place.since,
      };
  }
  return kept;
}
