import type { ShownNotification } from '../notifications/shownNotifications';
import type { DeploymentSettings, PinnedAsset } from '../registry/deployments';
import type { JobStart } from './jobStart';

/** Where the files of a job come from, resolved: `type` says whether one file is meant or all of a folder. */
export type InputReference =
  | { readonly kind: 'local'; readonly type: InputType; readonly path: string }
  | {
      readonly kind: 'datastore';
      readonly type: InputType;
      readonly datastore: string;
      readonly path: string;
    }
  | { readonly kind: 'url'; readonly type: InputType; readonly url: string }
  /** Some files below a folder of a datastore: `list` names the blob of ours that holds their paths. */
  | {
      readonly kind: 'list';
      readonly type: 'folder';
      readonly datastore: string;
      readonly path: string;
      readonly list: string;
    };

/** Patterns of the files of an input that are scored, and of those that are left out. */
export interface InputFilter {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

export type InputType = 'file' | 'folder';

/** Where the predictions file goes: a folder in a datastore or on the owner's disk, and the name of the file. */
export type OutputReference =
  | {
      readonly kind: 'datastore';
      readonly datastore: string;
      readonly folder: string;
      readonly fileName: string;
    }
  | { readonly kind: 'local'; readonly folder: string; readonly fileName: string };

/** What a job is again: another one whole, only the files that failed there, or all that it was stopped before. */
export interface Rerun {
  /** The name of the other job, and its key. */
  readonly job: string;
  readonly key: string;
  readonly mode: 'all' | 'failedOnly' | 'resume';
}

/** How a job scores: the settings of its deployment with those of the job over them. */
export type JobSettings = Omit<DeploymentSettings, 'retrySettings'> & {
  /** The most attempts at one mini-batch, at least 1. */
  readonly maxTries: number;
  /** Seconds that one `run()` may take. */
  readonly timeoutSeconds: number;
  readonly environmentVariables: Readonly<Record<string, string>>;
};

/** What a job is to do. It is written once, when the job is made, and never changes. */
export interface JobSpec {
  readonly name: string;
  /** The hashed name: partition of the job's rows, folder of its blobs, and id of its orchestration. */
  readonly key: string;
  readonly createdAt: string;
  /** Of the attempts to make it, the one that did: others may have asked for the same in the same millisecond. */
  readonly attempt: string;
  /** Who made it, for people. */
  readonly caller: string;
  /** Who made it, among all callers of all issuers. */
  readonly callerId?: string;
  /** The trigger or schedule that made it, and what for; nothing where a person or program did. */
  readonly startedBy?: JobStart;
  readonly description?: string;
  readonly experimentName?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly deployment: string;
  readonly model: PinnedAsset;
  readonly code?: PinnedAsset & { readonly scoringScript: string };
  readonly environment?: PinnedAsset;
  readonly compute: string;
  readonly maxInstances: number;
  readonly input: InputReference;
  /** The input as the caller wrote it. */
  readonly inputUri: string;
  /** Which of its files are scored; all where it is left out. */
  readonly inputFilter?: InputFilter;
  /** The job that this one does again, wholly or in part. */
  readonly rerun?: Rerun;
  /** What the caller calls the input and the output. */
  readonly inputName?: string;
  readonly outputName?: string;
  readonly output: OutputReference;
  readonly settings: JobSettings;
  /** The request that made it: its id, and a digest of what it asked for. */
  readonly request?: { readonly id: string; readonly digest: string };
  /** Who is told of its end, without what is secret: that lies in a row of its own. */
  readonly notifications?: readonly ShownNotification[];
  readonly warnings: readonly string[];
}
