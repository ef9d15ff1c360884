/**
 * A file of an input as a listing gives it: its path, and where sizes were asked for, its size behind a NUL, which no
 * path holds. As one text it sorts as its path does, and lies on disk where there are too many for memory.
 */
export type ListedFile = string;

/** Stands for a size that cannot be told. */
const unknown = '?';

/** A path with the size of its file in bytes; `undefined` where it cannot be told. */
export function withSize(path: string, size: number | undefined): ListedFile {
  return `${path}\0${size ?? unknown}`;
}

export function pathOf(file: ListedFile): string {
  const end = file.indexOf('\0');
  return end < 0 ? file : file.slice(0, end);
}

/** The size of a file in bytes, where it is known. */
export function sizeOf(file: ListedFile): number | undefined {
  const end = file.indexOf('\0');
  const size = end < 0 ? unknown : file.slice(end + 1);
  return size === unknown ? undefined : Number(size);
}
