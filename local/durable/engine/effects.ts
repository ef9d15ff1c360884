import type { QueuedActivity } from '../store/activityTable';

/** What a transaction leads to, told to the engine once it is committed. */
export class Effects {
  /** Instances that have something to see. */
  readonly ready: string[] = [];
  /** Activities that are to be run. */
  readonly activities: QueuedActivity[] = [];
  /** True when a timer was added. */
  timers = false;
}
