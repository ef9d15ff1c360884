import type { BigIntStats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { fingerprintOf } from '../../shared/stores/local/fingerprint';

/** A folder that the app wants to have watched. */
export interface WantedPlace {
  readonly id: string;
  readonly folder: string;
  readonly settleMilliseconds: number;
  readonly since: number;
}

interface ListParts {
  readonly file: string;
  onList(places: readonly WantedPlace[]): void;
  /** Called where the list cannot be read; what it said before holds on. */
  onFault(error: unknown): void;
  /** Called when the list was looked at for the first time, also where there is none. */
  onLooked(): void;
}

const pollMilliseconds = 250;

/**
 * The list of what the app wants to have watched: a file in the state folder that the app writes. It is looked at
 * again and again, since a watcher of that folder would be woken by every transaction of the databases beside it.
 */
export class WatchedList {
  /** Whether the list was looked at, also where there is none. */
  isLookedAt = false;
  private version: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: ListParts) {}

  start(): void {
    void this.look();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    try {
      const file = await stat(this.parts.file, { bigint: true }).catch(() => undefined);
      if (file !== undefined) await this.read(file);
    } catch (error) {
      this.parts.onFault(error);
    }
    if (!this.isLookedAt) {
      this.isLookedAt = true;
      this.parts.onLooked();
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), pollMilliseconds);
  }

  private async read(file: BigIntStats): Promise<void> {
    const version = fingerprintOf(file);
    if (version === this.version) return;
    // Noted first: a list that is at fault is complained of once. What replaces it meanwhile has another version.
    this.version = version;
    const places = parseList(await readFile(this.parts.file, 'utf8'));
    if (!this.stopped) this.parts.onList(places);
  }
}

/** @throws Error that says what is wrong with the list */
export function parseList(text: string): WantedPlace[] {
  const list: unknown = JSON.parse(text);
  const places = isRecord(list) ? list.places : undefined;
  if (!Array.isArray(places)) throw new Error("it has no list 'places'");
  return places.map((place: unknown, at) => parsePlace(place, at));
}

function parsePlace(place: unknown, at: number): WantedPlace {
  const { id, folder, settleMilliseconds, since = 0 } = isRecord(place) ? place : {};
  if (typeof id !== 'string' || id === '') throw new Error(`the place ${at} has no 'id'`);
  if (typeof folder !== 'string' || !isAbsolute(folder)) {
    throw new Error(`the 'folder' of the place '${id}' is not an absolute path`);
  }
  if (typeof settleMilliseconds !== 'number' || !(settleMilliseconds >= 0)) {
    throw new Error(`'settleMilliseconds' of the place '${id}' is not a number from 0`);
  }
  const time = typeof since === 'string' ? Date.parse(since) : since;
  if (typeof time !== 'number' || Number.isNaN(time))
    throw new Error(`'since' of the place '${id}' is no time`);
  return { id, folder, settleMilliseconds, since: time };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
