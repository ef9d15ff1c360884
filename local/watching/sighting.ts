import type { BigIntStats } from 'node:fs';

import { fingerprintOf } from '../../shared/stores/local/fingerprint';

/** A folder that is watched, with all below. */
export interface Place {
  /** Its number in the host's database. */
  readonly number: number;
  /** What the app calls it; it is the container of its events. */
  readonly id: string;
  readonly folder: string;
  /** Milliseconds that a file has to stay as it is before it counts as landed. */
  settleMilliseconds: number;
  /** Files that changed last before this time, in milliseconds since 1970, are left alone. */
  since: number;
}

/** A file as it was seen in a watched folder. */
export interface Sighting {
  readonly place: Place;
  /** Its path below the folder, with slashes. */
  readonly path: string;
  /** Which version it is: what the local store says too. */
  readonly etag: string;
  readonly size: number;
  /** When its bytes, its name or anything else of it changed last, in milliseconds since 1970. */
  readonly changedAt: number;
}

export function sightingOf(place: Place, path: string, file: BigIntStats): Sighting {
  const changedAt = Number(file.mtimeNs > file.ctimeNs ? file.mtimeMs : file.ctimeMs);
  return { place, path, etag: fingerprintOf(file), size: Number(file.size), changedAt };
}

/** What tells a file from all others that are watched. */
export function keyOf({ place, path }: Pick<Sighting, 'place' | 'path'>): string {
  return `${place.number}/${path}`;
}
