import type { Readable } from 'node:stream';

/** A blob as a listing shows it. `size` is in bytes. */
export interface BlobItem {
  readonly name: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: Date;
}

/** A blob with what was said of it when it was written. */
export interface BlobDetails extends BlobItem {
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes from `offset` on; to the end where `length` is left out. */
export interface ByteRange {
  readonly offset: number;
  readonly length?: number;
}

/** A staged part: a blob whose bytes become a stretch of a committed one. */
export interface StagedPart {
  readonly store: BlobStore;
  readonly name: string;
  readonly size: number;
}

export interface WriteOptions {
  /** Refuse with `BlobExists` where the name is taken. */
  readonly mustNotExist?: boolean;
  /** Refuse with `BlobChanged` where the blob is not, or no longer, of this ETag. */
  readonly etag?: string;
  /** Keys are lower-case letters, digits and underscores, and start with a letter; values are ASCII. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Blobs under names like `jobs/ab12/parts/0-1.rows`.
 *
 * A name has one to 1,024 characters, segments parted by `/`, none of them empty, `.` or `..`, and no control
 * characters but those that file names of users have (newline, tab); a name outside this is `BlobNameInvalid`.
 * What a promise of a write has answered survives the loss of the process and of the machine. Faults that may
 * pass are `StoreUnavailable`.
 */
export interface BlobStore {
  /** Where the blobs lie, for messages and for the records of a job: a `file:` or `https:` URL without secrets. */
  readonly url: string;

  /** Blobs whose name starts with `prefix`, page by page; the order is the driver's own. */
  list(prefix: string, options?: { readonly pageSize?: number }): AsyncIterable<readonly BlobItem[]>;

  /** The blob's details, or `undefined` where there is none. */
  stat(name: string): Promise<BlobDetails | undefined>;

  /** A stream of the blob's bytes. Fails with `BlobNotFound` before the stream is handed out. */
  read(name: string, range?: ByteRange): Promise<Readable>;

  /** Writes a small blob whole: readers see the old content or the new, never a mixture. */
  write(
    name: string,
    content: Uint8Array | string,
    options?: WriteOptions,
  ): Promise<{ readonly etag: string }>;

  /**
   * Takes the file at `path` as the content of a blob, replacing what was there; the file is gone afterwards.
   * On local disk this is a rename, in Azure an upload.
   */
  stage(name: string, path: string): Promise<{ readonly size: number }>;

  /**
   * Puts parts together as one blob, in their order, all at once: nobody ever sees a piece of it. Refuses with
   * `BlobExists` where the name is taken. The parts stay. No byte passes through this process where the service
   * can copy by itself.
   */
  commit(
    name: string,
    parts: readonly StagedPart[],
    metadata: Readonly<Record<string, string>>,
  ): Promise<{ readonly etag: string }>;

  /** Copies a blob into a new local file at `path`, whose folder exists. */
  download(name: string, path: string): Promise<void>;

  /** Removes a blob; one that is not there is no error. */
  remove(name: string): Promise<void>;

  /** Removes every blob whose name starts with `prefix`. */
  removeAll(prefix: string): Promise<void>;

  /** The file that holds a blob, where blobs are files of this machine, so that it can be read in place. */
  localPath?(name: string): string;
}
