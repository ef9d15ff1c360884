import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isFileMissing } from '../stores/fileErrors';
import type { Looks } from './looks';

/** What was seen of a file of this machine: another file in its place, or other content, shows in it. */
export type SeenFile = Pick<Stats, 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>;

/** Clocks of file systems run a little behind or ahead of that of the process. */
const tolerance = 1_000;

/** What is to be seen of a file now; `undefined` where it is not there any more. Fails as `stat` does otherwise. */
export function seenFile(looks: Looks, path: string): SeenFile | undefined | Promise<SeenFile | undefined> {
  return looks.take(
    () => statSync(path, { throwIfNoEntry: false }),
    () =>
      stat(path).catch((error: unknown) => {
        if (!isFileMissing(error)) throw error;
        return undefined;
      }),
  );
}

/** Whether a file is another one, or has other content, than when it was seen. */
export function isChanged(before: SeenFile, after: SeenFile | undefined): boolean {
  return (
    after === undefined ||
    before.mtimeMs !== after.mtimeMs ||
    before.ctimeMs !== after.ctimeMs ||
    before.size !== after.size ||
    before.ino !== after.ino
  );
}

/**
 * Whether a file was changed or put in its place after `since`, in milliseconds. It is told by the time that nobody can
 * set, which a new name or new rights change too. A time that is still to come says nothing: a clock was set back.
 */
export function isChangedSince({ ctimeMs }: SeenFile, since: number, now: number): boolean {
  return ctimeMs > since && ctimeMs <= now + tolerance;
}

/** A version of a file in words: its size and the time of its content. */
export function seenText({ size, mtimeMs }: SeenFile): string {
  return `${size} bytes of ${new Date(mtimeMs).toISOString()}`;
}
