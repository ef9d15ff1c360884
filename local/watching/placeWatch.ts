import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { checkBlobName, isDraftName } from '../../shared/stores/blobName';
import { isFileMissing } from '../../shared/stores/fileErrors';
import type { Complaints } from './complaints';
import type { DeliveredTable } from './deliveredTable';
import type { Deliveries } from './deliveries';
import { FolderHandles } from './folderHandles';
import { HintQueue } from './hintQueue';
import { canTellOpenFiles } from './openFiles';
import { Pause } from './pause';
import type { Settling } from './settling';
import { sightingOf, type Place } from './sighting';
import { walkFolder } from './walkFolder';

interface PlaceParts {
  readonly place: Place;
  readonly delivered: DeliveredTable;
  readonly settling: Settling;
  readonly deliveries: Deliveries;
  readonly complaints: Complaints;
  /** Milliseconds between two looks through the folder, where it has not so many files that one takes long. */
  readonly pause: number;
  /** Called when what it was busy with is done. */
  readonly onQuiet: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Milliseconds that the clock of a file system may be behind. */
const clockTick = 50;

/** Files under way beyond which a look into the folder waits: what it finds is found again, what hints tell is not. */
const mostFound = 5_000;
const roomWait = 25;

/** How many times longer than a look through the folder took the pause after it is, and the milliseconds that end it. */
const pausePerCost = 100;
const longestPause = 600_000;
/** The same where hints may have been lost, once none has come for a while. */
const pausePerCostSoon = 5;
const calm = 300;
/** The pause where the folder is not there. */
const missingPause = 1_000;

/**
 * Finds the files that land in one folder. The system's hints make it quick; the truth is that the whole folder is
 * looked through at the start and now and then, and soon after hints may have been lost.
 */
export class PlaceWatch {
  private readonly handles: FolderHandles;
  private readonly hints: HintQueue;
  private readonly pause = new Pause();
  private readonly newFolders: string[] = [];
  private isLookedThrough = false;
  private stopped = false;

  constructor(private readonly parts: PlaceParts) {
    const { place, complaints, onFailure } = parts;
    this.handles = new FolderHandles({
      root: place.folder,
      onHint: (path, isName) => this.hear(path, isName),
      onShort: (error) =>
        complaints.write(
          `Not all below '${place.folder}' is watched, so that some files are found late`,
          error,
        ),
    });
    this.hints = new HintQueue({
      follow: (path, isName) => this.follow(path, isName),
      onTaken: () => {
        if (this.hints.mayLack || this.newFolders.length > 0) this.pause.end();
        this.parts.onQuiet();
      },
      onFailure,
    });
  }

  /** True until the folder was looked through once, and while hints are followed. */
  get isBusy(): boolean {
    return !this.isLookedThrough || this.hints.isBusy || this.newFolders.length > 0;
  }

  start(): void {
    void this.keepLooking().catch((error: unknown) => this.parts.onFailure(error));
  }

  stop(): void {
    this.stopped = true;
    this.hints.stop();
    this.handles.keepOnly(new Set());
    this.pause.end();
  }

  private hear(path: string, isName: boolean): void {
    if (isDraftName(path)) return;
    this.hints.note();
    if (!this.parts.settling.hear(this.parts.place, path)) this.hints.add(path, isName);
  }

  private async follow(path: string, isName: boolean): Promise<void> {
    const { place, delivered, deliveries } = this.parts;
    const file = await stat(join(place.folder, path), { bigint: true }).catch((error: unknown) => {
      // What cannot be looked at now is left to the next look into the folder.
      return isFileMissing(error) ? 'gone' : undefined;
    });
    if (file === undefined || this.stopped) return;
    if (file === 'gone') {
      delivered.forget(place.number, path);
      deliveries.forget({ place, path });
      // So Linux tells that the folder itself is gone.
      if (path === basename(place.folder)) this.hints.drop();
    } else if (file.isFile()) {
      this.see(path, file, isName);
    } else if (file.isDirectory() && isName) {
      this.newFolders.push(path);
    }
  }

  /** Takes a file, unless this version of it was delivered or is under way. True where any version was delivered. */
  private see(path: string, file: BigIntStats, isName: boolean): boolean {
    const { place, delivered, deliveries, settling } = this.parts;
    const known = delivered.etagOf(place.number, path);
    const seen = sightingOf(place, path, file);
    const isWanted = known !== seen.etag && seen.changedAt >= place.since - clockTick;
    if (isWanted && !settling.has(seen) && !deliveries.has(seen) && this.canBeBlob(path)) {
      // A new name changes only the one of its times, where writing changes both.
      settling.add(seen, isName && canTellOpenFiles && file.mtimeNs < file.ctimeNs);
    }
    return known !== undefined;
  }

  private canBeBlob(path: string): boolean {
    try {
      checkBlobName(path);
      return true;
    } catch (error) {
      this.parts.complaints.write(`'${path}' is left out`, error);
      return false;
    }
  }

  private async keepLooking(): Promise<void> {
    while (!this.stopped) {
      const began = performance.now();
      const isThere = await this.lookThrough();
      const took = performance.now() - began;
      this.isLookedThrough = true;
      this.parts.onQuiet();
      const pause = Math.min(Math.max(took * pausePerCost, this.parts.pause), longestPause);
      await this.rest(isThere ? pause : missingPause, took * pausePerCostSoon);
    }
  }

  /** Waits until the folder is to be looked through again. New folders are looked into meanwhile. */
  private async rest(pause: number, pauseSoon: number): Promise<void> {
    const began = performance.now();
    while (!this.stopped) {
      for (const path of this.newFolders.splice(0)) await this.look(path);
      const soon = Math.max(began + pauseSoon, this.hints.last + calm);
      const due = this.hints.mayLack ? Math.min(soon, began + pause) : began + pause;
      const left = due - performance.now();
      if (this.newFolders.length > 0) continue;
      if (left <= 0) return;
      await this.pause.wait(left);
    }
  }

  /** Looks through the whole folder. False where it is not there. */
  private async lookThrough(): Promise<boolean> {
    const { place, delivered } = this.parts;
    this.hints.reset();
    const before = delivered.count(place.number);
    const folders = new Set<string>();
    const known = await this.look('', folders);
    if (this.stopped) return true;
    this.handles.keepOnly(folders);
    // A folder that is not there may be one of a drive that comes back.
    if (folders.size > 0 && before > known) await this.forgetGone();
    return folders.size > 0;
  }

  /** Looks into a folder and all below, and says of how many files any version was delivered. */
  private async look(from: string, folders = new Set<string>()): Promise<number> {
    const { place, complaints } = this.parts;
    const walk = walkFolder(place.folder, from, {
      onFolder: (path, identity) => {
        folders.add(path);
        if (!this.stopped) this.handles.open(path, identity);
      },
      onFault: (path, error) => complaints.write(`'${join(place.folder, path)}' cannot be looked at`, error),
    });
    let known = 0;
    for await (const files of walk) {
      await this.room();
      if (this.stopped) break;
      for (const { path, file } of files) if (this.see(path, file, false)) known += 1;
    }
    return known;
  }

  private async room(): Promise<void> {
    const { settling, deliveries } = this.parts;
    while (!this.stopped && settling.size + deliveries.size > mostFound) await sleep(roomWait);
  }

  private async forgetGone(): Promise<void> {
    const { place, delivered } = this.parts;
    let paths = delivered.pathsAfter(place.number, '');
    while (paths.length > 0 && !this.stopped) {
      const gone = await Promise.all(paths.map((path) => isGone(join(place.folder, path))));
      if (this.stopped || (await isGone(place.folder))) return;
      for (const path of paths.filter((_, at) => gone[at])) delivered.forget(place.number, path);
      paths = delivered.pathsAfter(place.number, paths.at(-1) ?? '');
    }
  }
}

async function isGone(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (error: unknown) => isFileMissing(error),
  );
}
