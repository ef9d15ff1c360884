import { mkdirSync, readdirSync, readFileSync, statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { Files, Sighting } from '../checker/evidence';
import { journalTime } from '../checker/journal';

/** How often the folder is looked at beside the events of the system, in milliseconds. */
const lookEvery = 20;

/** Drafts, and what is written to see whether a folder can be: they are at no path that anybody asks for. */
const ownFiles = '.batchpoint-';

/** Watches the folder of an output, from before its job to after its end. */
export class OutputWatch {
  readonly sightings: Sighting[] = [];
  private readonly seen = new Set<string>();
  private readonly events: FSWatcher;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.events = watch(folder, () => this.look());
    this.timer = setInterval(() => this.look(), lookEvery);
  }

  /** Notes what is there now. What was seen before, and has not changed, is noted again: it is still there. */
  look(): void {
    for (const name of namesIn(this.folder)) {
      const found = statSync(join(this.folder, name), { bigint: true, throwIfNoEntry: false });
      if (found === undefined || name.startsWith(ownFiles)) continue;
      const identity = `inode ${found.ino}, written at ${found.mtimeNs}`;
      const size = Number(found.size);
      const key = `${name} ${identity} ${size}`;
      if (!this.seen.has(key)) this.sightings.push({ at: journalTime(), name, identity, size });
      this.seen.add(key);
    }
  }

  /** Looks once more, by the file alone and not by what was seen before, and ends. */
  close(): void {
    this.seen.clear();
    this.look();
    this.events.close();
    clearInterval(this.timer);
  }
}

/** The files below a folder, with their contents. A folder that is not there has none. */
export function filesIn(folder: string): Files {
  const files = new Map<string, Buffer>();
  for (const name of namesIn(folder)) files.set(name, readFileSync(join(folder, name)));
  return files;
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
