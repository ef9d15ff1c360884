import type { BatchJobResource } from '../schemas/rest/generated';
import type { Notification } from '../notifications/notification';

/** Files that are watched: below a path of a datastore, of which some are wanted. */
export interface WatchedFiles {
  readonly type: 'files';
  readonly datastore: string;
  /** The folder that is watched, without slashes at its ends; empty for the whole datastore. */
  readonly path: string;
  /** Patterns of paths below it, as inputs have them; all files where it is left out. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Seconds that a file has to stay as it is before it counts as landed; only where the app watches folders itself. */
  readonly settleSeconds: number;
}

/** Outputs that are watched: of the jobs of another endpoint, or of one deployment of it. */
export interface WatchedOutputs {
  readonly type: 'outputs';
  readonly endpoint: string;
  readonly deployment?: string;
}

/** How files become jobs. */
export type Batching =
  | { readonly type: 'each' }
  /** All files of so many seconds, or so many files, whichever is first. */
  | { readonly type: 'window'; readonly seconds: number; readonly files: number }
  /** A file of this name starts one job over its folder. */
  | { readonly type: 'marker'; readonly name: string };

/** Starts jobs of an endpoint when files land, or when jobs of another endpoint have completed. */
export interface Trigger {
  readonly createdAt: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly watch: WatchedFiles | WatchedOutputs;
  readonly batching: Batching;
  readonly endpoint: string;
  readonly deployment?: string;
  /** What its jobs have otherwise than the deployment says: properties of an invocation but input, output and name. */
  readonly overrides: Partial<BatchJobResource['properties']>;
  /** The path of the predictions file, with places such as `{name}` in it; where it is left out, as for any job. */
  readonly output?: string;
  readonly notifications: readonly Notification[];
  /** Whether it starts no jobs: files that land meanwhile wait. */
  readonly paused: boolean;
  /** ISO 8601 in UTC: when it was paused or resumed last; when it was made, where it never was. */
  readonly switchedAt: string;
  /** Who made it, for people. */
  readonly createdBy: string;
}
