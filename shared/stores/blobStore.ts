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

/**
 * Parts that need not all be in memory. They can be walked through again and again, and always come the same, in
 * their order.
 */
export interface PartList extends AsyncIterable<StagedPart> {
  /** The bytes of all of them. */
  readonly bytes: number;
}

/** Parts in their order. */
export type StagedParts = readonly StagedPart[] | PartList;

/** At most one of `mustNotExist` and `etag`. */
export interface WriteOptions {
  /** Refuse with `BlobExists` where the name is taken. */
  readonly mustNotExist?: boolean;
  /** Refuse with `BlobChanged` where the blob is not, or no longer, of this ETag. */
  readonly etag?: string;
  /**
   * Keys are lower-case letters, digits and underscores, and start with a letter; values are printable ASCII,
   * not empty, without a space at their ends; 8 KiB in all. Else `BlobMetadataInvalid`.
   */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Blobs under names like `jobs/ab12/parts/0-1.rows`.
 *
 * A name has one to 1,024 characters, segments parted by `/`, none of them empty, `.` or `..`, no backslash
 * and no control characters but those that file names of users have (newline, tab); a name outside this is
 * `BlobNameInvalid`. So is one with a segment that starts with `.batchpoint-draft-`: those are the store's
 * own. Where blobs are files, a name cannot be both a blob and a folder of others.
 *
 * What a promise of a write has answered survives the loss of the process and of the machine. Faults that may
 * pass are `StoreUnavailable`; `StoreMissing`, `StoreCredentialsRefused`, `StoreForbidden`, `StoreFull` and
 * `StoreRefused` are for a person to mend.
 */
export interface BlobStore {
  /**
   * Where the blobs lie, for messages and for the records of a job: a `file:` or `https:` URL without
   * secrets.
   */
  readonly url: string;

  /**
   * Blobs whose name starts with `prefix`, page by page; the order is the driver's own. What is written or
   * removed meanwhile may be in it or not.
   */
  list(prefix: string, options?: { readonly pageSize?: number }): AsyncIterable<readonly BlobItem[]>;

  /** The blob's details, or `undefined` where there is none. */
  stat(name: string): Promise<BlobDetails | undefined>;

  /**
   * A stream of the blob's bytes. Fails with `BlobNotFound` before the stream is handed out. A range that
   * goes past the end gives what there is. A blob in Azure that is replaced while it is read fails with
   * `BlobChanged`.
   */
  read(name: string, range?: ByteRange): Promise<Readable>;

  /**
   * Writes a small blob whole: readers see the old content or the new, never a mixture. Of many that write
   * with `mustNotExist`, or with the same `etag`, one wins. Where the answer of a service was lost and the
   * write was sent again, `BlobExists` and `BlobChanged` may mean the caller's own write: read, then decide.
   */
  write(
    name: string,
    content: Uint8Array | string,
    options?: WriteOptions,
  ): Promise<{ readonly etag: string }>;

  /**
   * Takes the file at `path` as the content of a blob, replacing what was there; the file is gone afterwards.
   * On local disk this is a rename, in Azure an upload. What is not a plain file is `StagedFileInvalid`.
   */
  stage(name: string, path: string): Promise<{ readonly size: number }>;

  /**
   * Puts parts together as one blob, in their order, all at once: nobody ever sees a piece of it. No parts
   * make an empty blob. The parts stay. No byte passes through this process where the service can copy by
   * itself.
   *
   * Refuses with `BlobExists` where the name is taken, unless by this very commit: a blob of the same size
   * and the same metadata counts as done. So a commit may be repeated, and its metadata should tell it from
   * all others; with empty metadata nothing is recognised. A part that is gone is `BlobNotFound`, one of
   * another size `PartChanged`. Of parts that come as a list not more are in memory than are at work.
   */
  commit(
    name: string,
    parts: StagedParts,
    metadata: Readonly<Record<string, string>>,
  ): Promise<{ readonly etag: string }>;

  /**
   * Copies a blob into a new local file at `path`, whose folder exists. A file that exists is `FileExists`. Where the
   * signal ends a copy that would take long, it fails, and leaves no file. Answers the ETag of what was copied, where
   * it is known.
   */
  download(name: string, path: string, signal?: AbortSignal): Promise<{ readonly etag?: string }>;

  /** Removes a blob; one that is not there is no error. */
  remove(name: string): Promise<void>;

  /** Removes every blob whose name starts with `prefix`. */
  removeAll(prefix: string): Promise<void>;

  /**
   * Looks whether a blob of this name could be written, and leaves nothing that anybody could see. Where blobs are
   * files of this machine there is nothing to call for that.
   */
  tryWriting?(name: string): Promise<void>;

  /** The file that holds a blob, where blobs are files of this machine, so that it can be read in place. */
  localPath?(name: string): string;
}
