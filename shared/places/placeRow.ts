import type { SharingJob } from '../domain/placeShares';
import type { JobSpec } from '../jobs/jobSpec';
import type { Row } from '../stores/tableStore';

/** A job that was made for a compute, as its row in the partition of the compute has it. */
export interface PlaceRow extends SharingJob {
  readonly job: string;
  readonly name: string;
  readonly endpoint: string;
}

/** The row by whose ETag all changes of places are made one after the other. */
export interface Turn {
  /** `max_instances` as it was last seen, for when the compute is gone. */
  readonly limit: number;
}

export const turnRow = 'turn';

/** Rows of jobs that were admitted, and of those that wait for that: each in the order in which the jobs were made. */
export const admittedRows = { from: 'admitted:', before: 'admitted;' } as const;
export const queuedRows = { from: 'queued:', before: 'queued;' } as const;

/** The rows of a compute. Names that differ only in case are the same compute. */
export function placesPartition(compute: string): string {
  return `places:${compute.toLowerCase()}`;
}

/** A row that is there, or is about to be. */
export type Entry = Omit<Row<PlaceRow>, 'etag'> & { readonly etag?: string };

/** The row of a job that has no lanes yet. */
export function newEntry(kind: typeof admittedRows | typeof queuedRows, spec: JobSpec): Entry {
  const { key, name, endpoint, createdAt, settings } = spec;
  const value: PlaceRow = {
    job: key,
    name,
    endpoint,
    perInstance: Math.max(1, settings.maxConcurrencyPerInstance),
    holding: [],
    waiting: [],
  };
  return { row: `${kind.from}${createdAt}-${key}`, value };
}

/** The row of a job after a lane has taken a place, or waits for one, or has ended. */
export function withLane(entry: Entry, lane: number, becomes: 'holding' | 'waiting' | 'ended'): Entry {
  const { holding, waiting } = entry.value;
  const others = {
    holding: holding.filter((one) => one !== lane),
    waiting: waiting.filter((one) => one !== lane),
  };
  const value =
    becomes === 'ended' ? others : { ...others, [becomes]: [...others[becomes], lane].sort((a, b) => a - b) };
  return { ...entry, value: { ...entry.value, ...value } };
}
