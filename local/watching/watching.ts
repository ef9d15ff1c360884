import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { AppFunction } from '../app/functionsApp';
import type { HostLog } from '../hostLog';
import type { Invoker } from '../invocation/invoker';
import { withinLimit } from '../invocation/timeLimit';
import { blobCreated, eventGridTrigger } from './blobCreated';
import { Complaints } from './complaints';
import { DeliveredTable } from './deliveredTable';
import { Deliveries } from './deliveries';
import { openForWriting } from './openFiles';
import { PlaceWatch } from './placeWatch';
import { Settling } from './settling';
import type { Place, Sighting } from './sighting';
import { WatchedList, type WantedPlace } from './watchedList';

interface WatchingParts {
  /** The functions that are called for each file that lands. */
  readonly functions: readonly AppFunction[];
  readonly invoker: Invoker;
  readonly database: DatabaseSync;
  readonly stateFolder: string;
  readonly log: HostLog;
  /** Milliseconds that a function may take; undefined for as long as it wants. */
  readonly timeout: number | undefined;
  /** Milliseconds between two looks through a folder, where nothing else makes it longer or shorter. */
  readonly pause?: number;
  /** Called when a file has landed, or its delivery has ended. */
  readonly onProgress: () => void;
  /** Called when it may be that nothing is left to do. */
  readonly onQuiet: () => void;
  /** Called when what was delivered can no longer be written down. */
  readonly onFailure: (error: unknown) => void;
}

/** The file by which the app says what is to be watched. */
const listName = 'watched.json';

const usualPause = 5_000;
const shortestRetry = 1_000;
const longestRetry = 60_000;

/** Watches the folders that the app wants watched, and tells its functions of each file that lands. */
export class Watching {
  private readonly delivered: DeliveredTable;
  private readonly settling: Settling;
  private readonly deliveries: Deliveries;
  private readonly list: WatchedList;
  private readonly complaints: Complaints;
  private readonly places = new Map<number, { readonly place: Place; readonly watch: PlaceWatch }>();

  constructor(private readonly parts: WatchingParts) {
    const { functions, invoker, database, stateFolder, log, onProgress } = parts;
    this.complaints = new Complaints(log);
    this.delivered = new DeliveredTable(database);
    this.deliveries = new Deliveries({
      functions,
      invoke: async (fn, seen) => {
        const trigger = eventGridTrigger(fn.triggerName, blobCreated(seen));
        const result = await withinLimit(invoker.invoke(fn, trigger), parts.timeout);
        return result ?? { ok: false, error: new Error('It exceeded the function timeout.') };
      },
      onDelivered: (seen) => this.writeDown(seen),
      onRetry: (seen) => {
        if (!this.settling.has(seen)) this.settling.add(seen, true);
      },
      onProgress,
      log,
      retryDelay: (tries) => Math.min(shortestRetry * 2 ** (tries - 1), longestRetry),
    });
    this.settling = new Settling({
      openForWriting,
      onSettled: (seen) => this.deliver(seen),
      onGone: (seen) => this.deliveries.forget(seen),
      onRound: parts.onQuiet,
    });
    const file = join(stateFolder, listName);
    this.list = new WatchedList({
      file,
      onList: (places) => this.watch(places),
      onFault: (error) => this.complaints.write(`'${file}' cannot be used`, error),
      onLooked: parts.onQuiet,
    });
  }

  /** True while a file lands or is told of. Watching alone is no work: what lands later is found at the next start. */
  get isBusy(): boolean {
    if (this.parts.functions.length === 0) return false;
    const isAnyBusy = [...this.places.values()].some(({ watch }) => watch.isBusy);
    return !this.list.isLookedAt || isAnyBusy || this.settling.isBusy || this.deliveries.size > 0;
  }

  start(): void {
    if (this.parts.functions.length > 0) this.list.start();
  }

  stop(): void {
    this.list.stop();
    for (const { watch } of this.places.values()) watch.stop();
    this.settling.stop();
    this.deliveries.stop();
  }

  private watch(wanted: readonly WantedPlace[]): void {
    const kept = new Set(wanted.map((each) => this.watchOne(each)));
    for (const [number, { place, watch }] of this.places) {
      if (kept.has(number)) continue;
      watch.stop();
      this.settling.leave(place);
      this.deliveries.leave(place);
      this.places.delete(number);
    }
    void this.delivered.keepOnly([...kept]).catch((error: unknown) => this.parts.onFailure(error));
    this.parts.onQuiet();
  }

  /** The number of the place, which is watched from now on. */
  private watchOne({ id, folder, settleMilliseconds, since }: WantedPlace): number {
    const number = this.delivered.placeOf(id, folder);
    const known = this.places.get(number);
    if (known !== undefined) {
      Object.assign(known.place, { settleMilliseconds, since });
      return number;
    }
    const place = { number, id, folder, settleMilliseconds, since };
    const { delivered, settling, deliveries, complaints } = this;
    const { onQuiet, onFailure, pause = usualPause } = this.parts;
    const common = { delivered, settling, deliveries, complaints, onQuiet, onFailure, pause };
    const watch = new PlaceWatch({ ...common, place });
    this.places.set(number, { place, watch });
    watch.start();
    return number;
  }

  /** A file that changed and changed back, or failed and was found again meanwhile, may have been told of already. */
  private deliver(seen: Sighting): void {
    if (this.delivered.etagOf(seen.place.number, seen.path) !== seen.etag) this.deliveries.add(seen);
  }

  private writeDown({ place, path, etag }: Sighting): void {
    if (!this.places.has(place.number)) return;
    try {
      this.delivered.put(place.number, path, etag);
    } catch (error) {
      this.parts.onFailure(error);
    }
  }
}
