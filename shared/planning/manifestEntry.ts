import { pathOf, versionOf, type ListedFile } from '../inputs/listedFile';

/** A part of a file: rows `[from, to)` of a table, which are scored as a file of their own. */
export interface FilePart {
  readonly path: string;
  /** Numbers of rows in the file, from 0. */
  readonly from: number;
  readonly to: number;
  /** Where the rows of a CSV file stand in it; of a Parquet file its own footer tells. */
  readonly bytes?: {
    /** The file begins with so many bytes up to the end of its header. */
    readonly header: number;
    readonly from: number;
    readonly to: number;
  };
  /** The version of the file that was looked at when the job was planned. */
  readonly version: string;
}

/** A whole file of which the listing told the version. */
export interface FileVersion {
  readonly path: string;
  readonly version: string;
}

/** What a mini-batch is made of: files by their paths or as versions, and parts of files. */
export type ManifestEntry = string | FileVersion | FilePart;

/** The entry of a whole file, as a listing gives it. */
export function entryOf(file: ListedFile): ManifestEntry {
  const version = versionOf(file);
  return version === undefined ? pathOf(file) : { path: pathOf(file), version };
}

export function isPart(entry: ManifestEntry): entry is FilePart {
  return typeof entry === 'object' && 'from' in entry;
}

/** The path of the file that an entry is, or is a part of. */
export function entryPath(entry: ManifestEntry): string {
  return typeof entry === 'string' ? entry : entry.path;
}

/** The version that a file had when it was listed, where that is known. */
export function entryVersion(entry: ManifestEntry): string | undefined {
  return typeof entry === 'string' ? undefined : entry.version;
}

/** The name of an entry in reports: the path, for a part with its first and its last row. */
export function entryName(entry: ManifestEntry): string {
  return isPart(entry) ? `${entry.path}[rows ${entry.from}-${entry.to - 1}]` : entryPath(entry);
}
