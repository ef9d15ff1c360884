import { digestOf } from './triggerKeys';

/** A version of a file that a trigger is to score, or a job of which it is to score the output. */
export interface Arrival {
  /** Where the file lies; nothing where outputs are watched. */
  readonly datastore?: string;
  /** The name of the file in its datastore, or of the job. */
  readonly name: string;
  /** The version of the file, as the store tells it; the key of the job. */
  readonly etag: string;
  /** ISO 8601 in UTC: when the file landed, or the job ended. */
  readonly landedAt: string;
  /** ISO 8601 in UTC: when it was noted. */
  readonly notedAt: string;
  /** Bytes, of a file that was there. */
  readonly size?: number;
  /** The triggers and schedules whose jobs led to it. */
  readonly lineage?: readonly string[];
}

/** What tells one from all others. */
type ArrivalVersion = Pick<Arrival, 'datastore' | 'name' | 'etag'>;

/** What became of an arrival: it has a job, or a reason for which it gets none. */
export interface SettledArrival extends Arrival {
  readonly job?: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly settledAt: string;
}

/** Arrivals that wait for their job, in the order in which they were noted. */
export const openRows = { from: 'open-', before: 'open.' } as const;

/** Those that wait no more, the one that landed last first. */
export const settledRows = { from: 'settled-', before: 'settled.' } as const;

/** Times count down in the keys of what is listed with the newest first. */
const endOfTime = 99_999_999_999_999;

/** The row that there is once for each version of a file, for as long as the trigger is there. */
export function versionRow(arrival: ArrivalVersion): string {
  return `version-${versionDigest(arrival)}`;
}

export function openRow(arrival: Arrival): string {
  return `open-${milliseconds(Date.parse(arrival.notedAt))}-${versionDigest(arrival)}`;
}

export function settledRow(arrival: Arrival): string {
  return `settled-${milliseconds(endOfTime - Date.parse(arrival.landedAt))}-${versionDigest(arrival)}`;
}

/** Names of files are longer than keys may be, and have characters that keys have not. */
function versionDigest({ datastore = '', name, etag }: ArrivalVersion): string {
  return digestOf([datastore.toLowerCase(), name, etag]).slice(0, 32);
}

function milliseconds(time: number): string {
  return String(time).padStart(14, '0');
}
