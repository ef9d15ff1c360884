import { failure, isFailure } from '../errors/batchpointError';
import type { JobStore } from '../jobs/jobStore';
import type { Stored } from '../registry/namedResources';
import { isDraftName } from '../stores/blobName';
import type { BlobDetails, BlobStore } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';
import type { Arrival } from './arrival';
import { Failed, Gathering } from './gathering';
import { namesIn, type LandedFile } from './landedFile';
import { noteArrivals, type NewArrival } from './noteArrivals';
import { judged } from './noteVersion';
import type { Trigger } from './trigger';
import type { Triggers } from './triggers';
import { fileTrigger, pathBelow, type FileTrigger } from './watchedPath';
import type { WatchedStores } from './watchedStores';

/** What arrivals are noted with. */
export interface ArrivalContext {
  readonly tables: TableStore;
  readonly registry: { readonly triggers: Pick<Triggers, 'list'> };
  readonly jobs: Pick<JobStore, 'spec'>;
  readonly stores: WatchedStores;
  readonly now: () => Date;
}

/** Files that are noted as one group. */
const filesInGroup = 50;

/** Clocks of file systems tick every few milliseconds: a file may seem older by so many than it is. */
const clockTick = 20;

/** An arrival, and the trigger that it is for. */
interface Found {
  readonly trigger: Stored<Trigger>;
  readonly arrival: NewArrival;
}

/** Notes what has landed for the triggers that watch it, once for each version of a file. */
export class Arrivals {
  private readonly groups: Gathering<LandedFile, readonly Stored<Trigger>[]>;

  constructor(private readonly context: ArrivalContext) {
    this.groups = new Gathering(filesInGroup, (files) => this.noteGroup(files));
  }

  /**
   * Notes the version that a file has now for every trigger that watches it. When it answers, nothing of that can be lost
   * any more; it answers the triggers. Doing it again changes nothing.
   */
  note(file: LandedFile): Promise<readonly Stored<Trigger>[]> {
    return this.groups.add(file);
  }

  private async noteGroup(
    files: readonly LandedFile[],
  ): Promise<readonly (readonly Stored<Trigger>[] | Failed)[]> {
    const triggers = await this.fileTriggers();
    const results = await Promise.all(
      files.map((file) => this.find(file, triggers).catch((error: unknown) => new Failed(error))),
    );
    const failed = new Map<string, unknown>();
    for (const { trigger, arrivals } of byTrigger(results)) {
      await noteArrivals(this.context.tables, trigger, arrivals).catch((error: unknown) =>
        failed.set(trigger.name, error),
      );
    }
    return results.map((result) => {
      if (result instanceof Failed) return result;
      const found = result.map(({ trigger }) => trigger);
      const fault = found.find(({ name }) => failed.has(name));
      return fault === undefined ? found : new Failed(failed.get(fault.name));
    });
  }

  private async fileTriggers(): Promise<readonly FileTrigger[]> {
    const all = await this.context.registry.triggers.list();
    return all.filter(({ deleting }) => deleting === undefined).flatMap((each) => fileTrigger(each) ?? []);
  }

  /** What a file is to the triggers that watch it. */
  private async find(file: LandedFile, triggers: readonly FileTrigger[]): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (const datastore of new Set(triggers.map(({ watch }) => watch.datastore.toLowerCase()))) {
      const watching = triggers.filter(({ watch }) => watch.datastore.toLowerCase() === datastore);
      found.push(...(await this.findIn(datastore, file, watching)));
    }
    return found;
  }

  private async findIn(
    datastore: string,
    file: LandedFile,
    triggers: readonly FileTrigger[],
  ): Promise<readonly Found[]> {
    const store = await this.storeOf(datastore);
    if (store === undefined) return [];
    const names = namesIn(store, file).filter((name) => triggers.some((each) => isWatched(each, name)));
    if (names.length === 0) return [];
    const present = await versionOf(store, names);
    if (present?.metadata['hdi_isfolder'] === 'true') return [];
    const name = present?.name ?? names[0] ?? '';
    const watching = triggers.filter((each) => isWatched(each, name));
    return Promise.all(
      watching.flatMap((trigger) => {
        const arrival = this.arrivalOf(trigger, file, { datastore, name, present });
        return arrival === undefined ? [] : [this.foundBy(trigger, arrival, present)];
      }),
    );
  }

  /** A datastore that cannot be opened is told of by the trigger; what lies there does not lie elsewhere. */
  private async storeOf(datastore: string): Promise<BlobStore | undefined> {
    try {
      return await this.context.stores.of(datastore);
    } catch (error) {
      if (isFailure(error) && !error.retryable) return undefined;
      throw error;
    }
  }

  /** The arrival of a version for a trigger, if it is newer than the trigger; nothing is known of one without a version. */
  private arrivalOf(
    { value: { createdAt } }: FileTrigger,
    { at, etag }: LandedFile,
    file: { datastore: string; name: string; present: BlobDetails | undefined },
  ): Arrival | undefined {
    const { datastore, name, present } = file;
    const now = this.context.now().getTime();
    const landed = Math.min(now, Math.max(at.getTime(), present?.modified.getTime() ?? 0));
    const version = present?.etag ?? (etag === undefined ? undefined : quoted(etag));
    if (version === undefined || landed < Date.parse(createdAt) - clockTick) return undefined;
    return {
      datastore,
      name,
      etag: version,
      landedAt: new Date(landed).toISOString(),
      notedAt: new Date(now).toISOString(),
      ...(present === undefined ? {} : { size: present.size }),
    };
  }

  /** The arrival with what leaves it alone, where anything does. */
  private async foundBy(
    trigger: FileTrigger,
    arrival: Arrival,
    present: BlobDetails | undefined,
  ): Promise<Found> {
    const { name } = arrival;
    if (present === undefined)
      return { trigger, arrival: { ...arrival, reason: failure('TriggerFileGone', { path: name }) } };
    return { trigger, arrival: await judged(this.context.jobs, trigger, arrival, present) };
  }
}

function isWatched({ watch, wants }: FileTrigger, name: string): boolean {
  const path = pathBelow(watch, name);
  return path !== undefined && !isDraftName(name) && wants(path);
}

/** The first of these names that a file has. */
async function versionOf(store: BlobStore, names: readonly string[]): Promise<BlobDetails | undefined> {
  for (const name of names) {
    const found = await store.stat(name).catch((error: unknown) => {
      if (isFailure(error, 'BlobNameInvalid')) return undefined;
      throw error;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Events have ETags without the quotes that answers have. */
function quoted(etag: string): string {
  return /^0x/i.test(etag) ? `"${etag}"` : etag;
}

function byTrigger(
  results: readonly (readonly Found[] | Failed)[],
): readonly { trigger: Stored<Trigger>; arrivals: NewArrival[] }[] {
  const groups = new Map<string, { trigger: Stored<Trigger>; arrivals: NewArrival[] }>();
  for (const { trigger, arrival } of results.flatMap((one) => (one instanceof Failed ? [] : one))) {
    const group = groups.get(trigger.name) ?? { trigger, arrivals: [] };
    groups.set(trigger.name, group);
    group.arrivals.push(arrival);
  }
  return [...groups.values()];
}
