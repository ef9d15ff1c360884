/**
 * A file of an input as a listing gives it: its path, and where more was asked for, its size and its version, each behind
 * a NUL, which no path holds. As one text it sorts as its path does, and lies on disk where there are too many for memory.
 */
export type ListedFile = string;

/** What a listing tells of a file beside its path; `undefined` where it cannot be told. */
export interface ListedFacts {
  /** Bytes. */
  readonly size?: number | undefined;
  /** What is another text once the file has changed, as its ETag. It holds no NUL. */
  readonly version?: string | undefined;
}

/** Stands for a size that cannot be told. */
const unknown = '?';

/** A path with what is known of its file. */
export function withFacts(path: string, { size, version }: ListedFacts): ListedFile {
  const sized = `${path}\0${size ?? unknown}`;
  return version === undefined || version === '' ? sized : `${sized}\0${version}`;
}

export function pathOf(file: ListedFile): string {
  const end = file.indexOf('\0');
  return end < 0 ? file : file.slice(0, end);
}

/** The size of a file in bytes, where it is known. */
export function sizeOf(file: ListedFile): number | undefined {
  const [, size = unknown] = file.split('\0', 2);
  return size === unknown ? undefined : Number(size);
}

/** The version of a file, where it is known. */
export function versionOf(file: ListedFile): string | undefined {
  const size = file.indexOf('\0');
  const end = size < 0 ? size : file.indexOf('\0', size + 1);
  return end < 0 ? undefined : file.slice(end + 1);
}
