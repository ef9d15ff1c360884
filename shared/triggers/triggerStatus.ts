/** What a trigger does now. */
export interface TriggerStatus {
  /** `Degraded`: it cannot start jobs, for a reason that lies in what it works with; it goes on by itself once it can. */
  readonly state: 'Active' | 'Paused' | 'Degraded';
  readonly reason?: { readonly code: string; readonly message: string };
  /** ISO 8601 in UTC: since when it is in this state. */
  readonly since: string;
  /** Files that have landed and have no job yet. */
  readonly filesWaiting: number;
  /** Files that jobs were made for. */
  readonly filesTaken: number;
  readonly lastJob?: string;
  readonly lastLandedAt?: string;
}
