import type { Readable } from 'node:stream';
import type { ByteRange } from '../stores/blobStore';
import type { ListedFile } from './listedFile';
import type { SeenFile } from './seenFile';

/** What of a folder is listed, and how. */
export interface ListOptions {
  /** Whether each file comes with its size. */
  readonly sizes?: boolean;
  /** Whether each file comes with its version, where the listing tells that by the way. */
  readonly versions?: boolean;
  /** Whether a file is wanted, by its path. What is not may well be unreadable. */
  readonly wants?: (path: string) => boolean;
  /** Whether a folder is looked into, by its path without a slash at its end. */
  readonly enters?: (folder: string) => boolean;
}

/** A file of an input that is read piece by piece. */
export interface PieceReader {
  readonly size: number;
  /** What is another text once the file has changed. */
  readonly version: string;
  /** A stretch of the file, as a stream. */
  read(range: ByteRange): Promise<Readable>;
  /** Lets go what is kept for it, where anything is. */
  close?(): Promise<void>;
}

/** A file of an input on this machine, to be scored. */
export interface ProvidedFile {
  /** Its local path. It ends in the file's own relative folder and name. */
  readonly path: string;
  /** The version that was fetched, where the source tells it. */
  readonly version?: string | undefined;
  /** What was seen of a file that is read in place. */
  readonly seen?: SeenFile;
}

/** The files of a job. Paths are relative to the input and use `/`; a single file has its own name as its path. */
export interface InputSource {
  /** All files page by page, in whatever order they come. */
  list(options?: ListOptions): AsyncIterable<readonly ListedFile[]>;

  /**
   * The local file for one of them. Files of this machine are given in place; others are fetched below `folder`. The signal ends what is under way. Fails with `InputFetchFailed`
   * where the file cannot be had.
   */
  provide(path: string, folder: string, signal: AbortSignal): Promise<ProvidedFile>;

  /** Opens a file for reading pieces of it. Fails as `provide` does. */
  open(path: string, signal: AbortSignal): Promise<PieceReader>;

  /** The folder in which files are read in place; `undefined` where `provide` makes copies, which can go again. */
  readonly inPlace: string | undefined;
}
