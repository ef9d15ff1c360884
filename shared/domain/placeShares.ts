/**
 * How jobs share the places of a compute. A place is one instance; lane `l` of a job is on its instance
 * `floor(l / perInstance)`, and an instance is in use while one of its lanes has a place.
 */

/** A job that was admitted to a compute. Jobs come in the order in which they were made. */
export interface SharingJob {
  /** Lanes that are on one instance: `max_concurrency_per_instance`. */
  readonly perInstance: number;
  /** Lanes that have a place. */
  readonly holding: readonly number[];
  /** Lanes that would score, and have none. */
  readonly waiting: readonly number[];
}

/** What a lane does at the border of a claim: it goes on, takes a place, gives its place back, or goes without. */
export type LaneMove = 'keep' | 'take' | 'give' | 'wait';

/** The instances of some lanes, in order. */
export function instancesOf(
  { perInstance }: Pick<SharingJob, 'perInstance'>,
  lanes: readonly number[],
): number[] {
  return [...new Set(lanes.map((lane) => Math.floor(lane / perInstance)))].sort((a, b) => a - b);
}

/** Instances that a job uses. */
export function placesUsed(job: SharingJob): number {
  return instancesOf(job, job.holding).length;
}

/**
 * How many of `places` each job may use: one each, in order, and what is left goes round the jobs in order, as far as
 * they want more.
 */
export function placeShares(places: number, wanted: readonly number[]): number[] {
  const shares = wanted.map(() => 0);
  let left = places;
  for (let level = 1; left > 0 && wanted.some((most) => most >= level); level++) {
    for (const [at, most] of wanted.entries()) {
      if (most < level || left === 0) continue;
      shares[at] = level;
      left--;
    }
  }
  return shares;
}

/** What the lane of the job `at` this place of the list does next. */
export function laneMove(places: number, jobs: readonly SharingJob[], at: number, lane: number): LaneMove {
  const asking = jobs.map((job, i) => (i === at ? { ...job, waiting: [...job.waiting, lane] } : job));
  const job = asking[at];
  if (job === undefined) return 'wait';
  const share = sharesOf(places, asking)[at] ?? 0;
  const used = instancesOf(job, job.holding);
  const rank = used.indexOf(Math.floor(lane / job.perInstance));
  // Of more instances than are due to it, a job gives the last ones back.
  if (rank >= 0) {
    if (job.holding.includes(lane)) return rank < share ? 'keep' : 'give';
    return rank < share ? 'take' : 'wait';
  }
  return used.length < share && totalUsed(asking) < places ? 'take' : 'wait';
}

/** The lanes that wait and could have a place now, job by job. */
export function lanesDue(places: number, jobs: readonly SharingJob[]): number[][] {
  const shares = sharesOf(places, jobs);
  let free = places - totalUsed(jobs);
  return jobs.map((job, at) => {
    const share = shares[at] ?? 0;
    const used = instancesOf(job, job.holding);
    const due = new Set(used.slice(0, share));
    for (const instance of instancesOf(job, job.waiting)) {
      if (used.includes(instance) || free <= 0 || due.size >= share) continue;
      due.add(instance);
      free--;
    }
    return job.waiting.filter((lane) => due.has(Math.floor(lane / job.perInstance)));
  });
}

/** A job that was admitted keeps one place, also while none of its lanes asks for it. */
function sharesOf(places: number, jobs: readonly SharingJob[]): number[] {
  const wanted = jobs.map((job) => Math.max(1, instancesOf(job, [...job.holding, ...job.waiting]).length));
  return placeShares(places, wanted);
}

function totalUsed(jobs: readonly SharingJob[]): number {
  return jobs.reduce((sum, job) => sum + placesUsed(job), 0);
}
