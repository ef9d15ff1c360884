/** A window of which the files are fixed. */
export interface ClosedWindow {
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  readonly datastore: string;
  /** The folder that the paths of its files start from. */
  readonly folder: string;
  /** The key of its job, and the blob with the list of its files, which lies with that job. */
  readonly job: string;
  readonly list: string;
  readonly lineage: readonly string[];
}
