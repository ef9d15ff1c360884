import { mkdirSync, readdirSync, readFileSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, join } from 'node:path';
import type { Files, Sighting } from '../checker/evidence';
import { journalTime } from '../checker/journal';

/** How often the folder is looked at beside the events of the system, in milliseconds. */
const lookEvery = 20;

/** Drafts, and what is written to see whether a folder can be: they are at no path that anybody asks for. */
const ownFiles = '.batchpoint-';

/** Watches the folder of an output, from before its job to after its end. */
export class OutputWatch {
  /** Of each file as it was, the first time that it was seen so and the last one. */
  private readonly seen = new Map<string, { readonly first: Sighting; last: Sighting }>();
  private readonly events: FSWatcher;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.events = watch(folder, () => this.look());
    this.timer = setInterval(() => this.look(), lookEvery);
  }

  get sightings(): readonly Sighting[] {
    return [...this.seen.values()].flatMap(({ first, last }) => [first, last]);
  }

  /** Notes what is there now. What has not changed since it was seen is still there. */
  look(): void {
    const from = journalTime();
    for (const name of namesIn(this.folder)) {
      const found = statSync(join(this.folder, name), { bigint: true, throwIfNoEntry: false });
      if (found === undefined || isOwn(name)) continue;
      const identity = `inode ${found.ino}, written at ${found.mtimeNs}`;
      const size = Number(found.size);
      const sighting = { from, at: journalTime(), name, identity, size };
      const before = this.seen.get(`${name} ${identity} ${size}`);
      if (before === undefined)
        this.seen.set(`${name} ${identity} ${size}`, { first: sighting, last: sighting });
      else before.last = sighting;
    }
  }

  /** Looks once more, and ends. */
  close(): void {
    this.look();
    this.events.close();
    clearInterval(this.timer);
  }
}

/** The files below a folder, with their contents, but for those that are nobody's. A folder that is not there has none. */
export function filesIn(folder: string): Files {
  const files = new Map<string, Buffer>();
  for (const name of namesIn(folder)) {
    const content = isOwn(name) ? undefined : contentOf(join(folder, name));
    if (content !== undefined) files.set(name, content);
  }
  return files;
}

function isOwn(name: string): boolean {
  return basename(name).startsWith(ownFiles);
}

/** Missing where the file went after its folder was listed. */
function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}
