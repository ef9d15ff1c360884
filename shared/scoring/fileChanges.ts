import { types } from 'node:util';
import type { ProvidedFile } from '../inputs/inputSource';
import { Looks } from '../inputs/looks';
import { isChanged, isChangedSince, seenFile, seenText, type SeenFile } from '../inputs/seenFile';
import { entryVersion, type ManifestEntry } from '../planning/manifestEntry';

/** A file that was scored as something else than what was listed. */
export interface FileChange {
  readonly entry: ManifestEntry;
  /** Whether it had changed before it was scored, or did so meanwhile: then what was read may be of both. */
  readonly noticed: 'before' | 'while';
  /** The version that was seen last: an ETag, or size and time. */
  readonly version: string;
}

/** Where nothing is left of a file. */
const gone = 'not there any more';

/**
 * Tells which files of a job changed after its input was listed. Of fetched files, the version of the listing is compared
 * with the one that came. Files that are read in place are looked at before and after they are scored.
 */
export class FileChanges {
  private readonly looks = new Looks();

  constructor(
    /** When the listing began, in milliseconds; `undefined` where nobody knows. */
    private readonly listed: number | undefined,
    private readonly now: () => Date,
  ) {}

  /** What has become of a file until it is given to a scorer. */
  before(entry: ManifestEntry, { version, seen }: ProvidedFile): FileChange | undefined {
    if (seen !== undefined)
      return this.listed !== undefined && isChangedSince(seen, this.listed, this.now().getTime())
        ? { entry, noticed: 'before', version: seenText(seen) }
        : undefined;
    const listed = entryVersion(entry);
    return version === undefined || listed === undefined || listed === version
      ? undefined
      : { entry, noticed: 'before', version };
  }

  /** What has become of files that were read in place since they were given to a scorer. */
  async after(
    files: readonly { readonly entry: ManifestEntry; readonly path: string; readonly seen: SeenFile }[],
  ): Promise<FileChange[]> {
    const changes: FileChange[] = [];
    for (const { entry, path, seen } of files) {
      const looked = seenFile(this.looks, path);
      // Most looks are done at once: a promise for each would cost more than they do.
      const now = types.isPromise(looked) ? await looked : looked;
      if (isChanged(seen, now))
        changes.push({ entry, noticed: 'while', version: now === undefined ? gone : seenText(now) });
    }
    return changes;
  }
}
