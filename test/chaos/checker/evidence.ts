import type { Write } from './journal';

/** A file of the input, and the keys of the rows that a scorer makes of it. */
export interface InputFile {
  readonly name: string;
  readonly keys: readonly string[];
}

/** A `run()` that has begun, as the scoring script itself has noted it in a file beside the engine. */
export interface TryLine {
  readonly at: number;
  readonly pid: number;
  /** The first file of the mini-batch. */
  readonly first: string;
}

/** A file that was seen in the folder of the output. */
export interface Sighting {
  /** When the look began: the file was there at some time after that. */
  readonly from: number;
  /** When the look was over: the file was there at some time before that. */
  readonly at: number;
  /** Below the folder of the output. */
  readonly name: string;
  /** What changes when the file is another one, or is written again: inode and times, or an ETag. */
  readonly identity: string;
  readonly size: number;
}

/** A job as the API answered for it. */
export interface Answered {
  readonly status: string;
  readonly progress: Readonly<Record<string, number>>;
  readonly outputUri?: string;
  readonly outputBytes?: number;
  readonly scriptFiles?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Files by their names below some folder. */
export type Files = ReadonlyMap<string, Buffer>;

/** All that is known of one job from outside the engine. Times are those of the journal. */
export interface Evidence {
  readonly job: { readonly name: string; readonly key: string };
  readonly limits: {
    /** Files of one mini-batch. */
    readonly miniBatchSize: number;
    /** Tries of one mini-batch. */
    readonly tries: number;
    /** Failed files that are ignored; -1 ignores all. */
    readonly threshold: number;
  };
  /** The files of the input in the order of a plain loop. */
  readonly input: readonly InputFile[];
  /** The files that fail whatever happens, as every try of their mini-batches does. */
  readonly mustFail: ReadonlySet<string>;
  /** What a plain loop writes to the folder of the output where these files fail. */
  readonly bareLoop: (failed: ReadonlySet<string>) => Files;
  /** The keys of the rows that are in a file of the output, in their order. */
  readonly keysOf: (name: string, content: Buffer) => readonly string[];
  /** Where the output goes: a store of the journal, and the start of the names in it. */
  readonly output: { readonly store: string; readonly prefix: string; readonly file: string };
  readonly journal: readonly Write[];
  /**
   * What was seen in the folder of the output from before the job to well after its end. Missing where nobody had to look, as
   * nothing comes to that folder past the journal.
   */
  readonly sightings?: readonly Sighting[];
  /** The folder of the output well after the end. */
  readonly outputFiles: Files;
  /** The job after its end, or as it was when the watchdog lost its patience. */
  readonly answered: Answered;
  /** The readable files of the job as soon as its end was known, and well after it. */
  readonly jobFiles: Files;
  readonly jobFilesLater: Files;
  readonly tries: readonly TryLine[];
  /** Those of the job that this one resumes. */
  readonly earlierTries?: readonly TryLine[];
  /** Faults that may each repeat the deliveries that were under way: kills of hosts, doubled invocations, lost answers. */
  readonly repeats: number;
  /** Whether somebody asked to cancel the job before its end. */
  readonly cancelAsked: boolean;
  /** Codes of errors that a job may fail with under these faults, beside those of its own files. */
  readonly excused: readonly string[];
  /** Where the watchdog has written the state of a job without progress. */
  readonly stuck?: string;
}
