import { FileFilter } from '../inputs/fileFilter';
import type { Stored } from '../registry/namedResources';
import type { Trigger, WatchedFiles } from './trigger';

/** A trigger that watches files, with its patterns read. */
export interface FileTrigger extends Stored<Trigger> {
  readonly watch: WatchedFiles;
  /** Whether a file is one of those that it watches, by its path below the folder. */
  readonly wants: (path: string) => boolean;
}

/** The trigger with its patterns read; nothing where it does not watch files. */
export function fileTrigger(trigger: Stored<Trigger>): FileTrigger | undefined {
  const { watch, batching } = trigger.value;
  if (watch.type !== 'files') return undefined;
  const { include, exclude } = watch;
  const filter = FileFilter.of({
    // A marker need not be one of the files that are scored.
    ...(include === undefined || batching.type === 'marker' ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
  });
  const isMarker = (path: string): boolean =>
    batching.type !== 'marker' || path.slice(path.lastIndexOf('/') + 1) === batching.name;
  return { ...trigger, watch, wants: (path) => isMarker(path) && filter.wants(path) };
}

/** The path of a file below the folder that is watched; nothing where it is not below it. */
export function pathBelow({ path }: WatchedFiles, name: string): string | undefined {
  if (path === '') return name;
  return name.startsWith(`${path}/`) && name.length > path.length + 1
    ? name.slice(path.length + 1)
    : undefined;
}

/** The name in its store of a file that is watched. */
export function nameOf({ path }: WatchedFiles, below: string): string {
  return path === '' ? below : `${path}/${below}`;
}
