import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isFileMissing } from '../../shared/stores/fileErrors';
import { keyOf, sightingOf, type Sighting } from './sighting';

/** A file that may still be written to. Times are of a clock that is never set. */
interface Candidate {
  seen: Sighting;
  /** When it was last heard of, if that was after it was looked at. */
  heard: number | undefined;
  due: number;
  /** Milliseconds until it is looked at again, where somebody has it open. */
  wait: number;
  isOpen: boolean;
}

interface SettlingParts {
  /** Those of some files that somebody has open for writing. */
  openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>>;
  onSettled(seen: Sighting): void;
  onGone(seen: Sighting): void;
  /** Called when all that were due have been looked at. */
  onRound(): void;
}

/** Files that are looked at side by side. */
const atOnce = 64;
/** Milliseconds until a file is looked at again that somebody has open: they double up to the longest. */
const shortestWait = 100;
const longestWait = 800;
/** Milliseconds between two rounds: as many as a round takes at least, so that it never takes more than a part of the time. */
const pause = 10;
const pausePerCost = 3;

/**
 * Files that have changed, until each has stayed as it is for long enough and nobody has it open for writing. What
 * vanishes before that was never there. All that are due are looked at in one round, as it costs the same for one and for many
 * to learn what is open.
 */
export class Settling {
  private readonly candidates = new Map<string, Candidate>();
  private timer: NodeJS.Timeout | undefined;
  private alarm = Infinity;
  private earliest = 0;
  private isInRound = false;
  private stopped = false;

  constructor(private readonly parts: SettlingParts) {}

  get size(): number {
    return this.candidates.size;
  }

  /** True while a file has to stay as it is for a while. Files that somebody has open may be so for ever. */
  get isBusy(): boolean {
    for (const { isOpen } of this.candidates.values()) if (!isOpen) return true;
    return false;
  }

  /**
   * Takes a file that was seen just now.
   *
   * @param isWhole whether it came as a whole, as by a rename: it need not stay as it is for a while
   */
  add(seen: Sighting, isWhole: boolean): void {
    const now = performance.now();
    const due = isWhole ? now : now + seen.place.settleMilliseconds;
    const fresh = { heard: undefined, wait: shortestWait, isOpen: false };
    this.candidates.set(keyOf(seen), { seen, due, ...fresh });
    this.arm(due);
  }

  has(seen: Sighting): boolean {
    return this.candidates.has(keyOf(seen));
  }

  /** Notes that something happened to a file; false where it is not here. */
  hear(place: Sighting['place'], path: string): boolean {
    const candidate = this.candidates.get(keyOf({ place, path }));
    if (candidate === undefined) return false;
    candidate.heard = performance.now();
    candidate.isOpen = false;
    candidate.due = candidate.heard + place.settleMilliseconds;
    this.arm(candidate.due);
    return true;
  }

  /** Forgets the files of a place that is watched no longer. */
  leave(place: Sighting['place']): void {
    for (const [key, { seen }] of this.candidates) if (seen.place === place) this.candidates.delete(key);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private arm(due: number): void {
    if (this.stopped || this.isInRound || due >= this.alarm) return;
    clearTimeout(this.timer);
    this.alarm = due;
    const wait = Math.max(due, this.earliest) - performance.now();
    this.timer = setTimeout(() => void this.round(), Math.max(Math.ceil(wait), 0));
  }

  private async round(): Promise<void> {
    this.isInRound = true;
    const began = performance.now();
    const due = [...this.candidates.values()].filter((candidate) => candidate.due <= began);
    const quiet: Candidate[] = [];
    for (let from = 0; from < due.length; from += atOnce) {
      const some = due.slice(from, from + atOnce);
      const found = await Promise.all(some.map((candidate) => this.isQuiet(candidate)));
      quiet.push(...some.filter((_, at) => found[at]));
    }
    await this.letGo(quiet, began);
    const now = performance.now();
    this.earliest = now + Math.max(pause, pausePerCost * (now - began));
    this.isInRound = false;
    this.alarm = Infinity;
    let next = Infinity;
    for (const candidate of this.candidates.values()) next = Math.min(next, candidate.due);
    this.arm(next);
    this.parts.onRound();
  }

  /** Looks at a file again: whether it has stayed as it was for as long as it has to. */
  private async isQuiet(candidate: Candidate): Promise<boolean> {
    const { place, path, etag } = candidate.seen;
    let file: BigIntStats;
    try {
      file = await stat(join(place.folder, path), { bigint: true });
    } catch (error) {
      // What cannot be looked at now may be so later.
      if (isFileMissing(error)) this.drop(candidate);
      else candidate.due = performance.now() + longestWait;
      return false;
    }
    if (!file.isFile()) {
      this.drop(candidate);
      return false;
    }
    candidate.seen = sightingOf(place, path, file);
    if (candidate.seen.etag === etag) return true;
    // Its last change was told of when it happened. Where nobody tells of changes, its own clock is not trusted with it.
    const { settleMilliseconds } = place;
    if (candidate.heard !== undefined && Date.now() - Number(file.mtimeMs) >= settleMilliseconds) return true;
    candidate.heard = undefined;
    candidate.due = performance.now() + settleMilliseconds;
    return false;
  }

  private async letGo(quiet: readonly Candidate[], began: number): Promise<void> {
    if (quiet.length === 0) return;
    const open = await this.parts.openForWriting(quiet.map(pathOf));
    for (const candidate of quiet) {
      // It was heard of, or left, meanwhile.
      if (candidate.due > began || !this.isHere(candidate)) continue;
      if (open.has(pathOf(candidate))) {
        candidate.isOpen = true;
        // Those that are open for long come due together.
        candidate.due = Math.ceil(performance.now() / candidate.wait + 1) * candidate.wait;
        candidate.wait = Math.min(candidate.wait * 2, longestWait);
        continue;
      }
      this.candidates.delete(keyOf(candidate.seen));
      this.parts.onSettled(candidate.seen);
    }
  }

  private drop(candidate: Candidate): void {
    if (!this.isHere(candidate)) return;
    this.candidates.delete(keyOf(candidate.seen));
    this.parts.onGone(candidate.seen);
  }

  private isHere(candidate: Candidate): boolean {
    return this.candidates.get(keyOf(candidate.seen)) === candidate;
  }
}

function pathOf({ seen }: Candidate): string {
  return join(seen.place.folder, seen.path);
}
