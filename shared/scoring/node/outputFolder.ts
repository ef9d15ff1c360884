import { isUtf8 } from 'node:buffer';
import {
  appendFileSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { WriteStreams } from './writeStreams';

/** A file of the script has a name that no store takes. */
export class FileNameError extends Error {}

/** What is known of a file: enough to see whether it is another one, or has grown. */
interface Seen {
  readonly inode: bigint;
  readonly size: number;
  readonly changed: bigint;
  /** Whether its name is not UTF-8. */
  readonly broken: boolean;
}

const replacement = '\ufffd';

/**
 * The folder AZUREML_BI_OUTPUT_PATH of a worker: what each mini-batch has added to it, taken file by file. Scripts open a
 * file once and append over many mini-batches, or write new ones: both are seen by what grew.
 */
export class OutputFolder {
  private readonly folder: string;
  private readonly streams = new WriteStreams();
  private known = new Map<string, Seen>();
  private target = '';

  constructor(folder: string) {
    this.folder = realpathSync(folder);
  }

  /** From now on, what is taken goes below `target`. */
  begin(target: string): void {
    this.target = target;
  }

  /** Waits until the streams of the script have written what they were given: it is part of this mini-batch. */
  settle(): Promise<void> | undefined {
    return this.streams.settle();
  }

  /** Leaves out what was written since the last look: it belongs to a failed attempt, or to init(). */
  async forget(): Promise<void> {
    await this.settle();
    this.known = this.look();
  }

  /** Copies what was written since the last look; gives the new sizes of the copies that grew. */
  take(): Record<string, number> {
    const seen = this.look();
    const written = [...seen].filter(([path, file]) => !isSame(this.known.get(path), file));
    written.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [path, file] of written) if (file.broken) throw new FileNameError(`'${path}'`);
    const grown: Record<string, number> = {};
    for (const [path, file] of written) {
      const before = this.known.get(path);
      const appended = before !== undefined && before.inode === file.inode && file.size > before.size;
      grown[path] = this.copy(path, appended ? before.size : 0, file.size);
    }
    this.known = seen;
    return grown;
  }

  private copy(path: string, start: number, end: number): number {
    const target = join(this.target, path);
    mkdirSync(dirname(target), { recursive: true });
    const source = openSync(join(this.folder, path), 'r');
    try {
      const buffer = Buffer.allocUnsafe(Math.min(end - start, 1 << 20));
      for (let at = start; at < end;) {
        const count = readSync(source, buffer, 0, Math.min(buffer.length, end - at), at);
        if (count === 0) break;
        appendFileSync(target, buffer.subarray(0, count));
        at += count;
      }
      if (start === end) appendFileSync(target, '');
    } finally {
      closeSync(source);
    }
    return lstatSync(target).size;
  }

  /** What is known of every file below the folder, by relative path. */
  private look(): Map<string, Seen> {
    const found = new Map<string, Seen>();
    const folders = [''];
    for (let prefix = folders.pop(); prefix !== undefined; prefix = folders.pop()) {
      for (const entry of readdirSync(join(this.folder, prefix), { withFileTypes: true })) {
        const path = prefix + entry.name;
        if (entry.name.includes(replacement)) this.lookAtBroken(prefix, found);
        if (found.get(path)?.broken === true) continue;
        if (entry.isDirectory()) folders.push(`${path}/`);
        else if (entry.isFile()) found.set(path, seenOf(join(this.folder, path), false));
      }
    }
    return found;
  }

  /** Names are bytes. Node shows those that are not UTF-8 with a sign in their place, which no file is found by. */
  private lookAtBroken(prefix: string, found: Map<string, Seen>): void {
    const folder = join(this.folder, prefix);
    for (const name of readdirSync(folder, { encoding: 'buffer' })) {
      if (isUtf8(name)) continue;
      const path = Buffer.concat([Buffer.from(`${folder}${sep}`), name]);
      found.set(prefix + name.toString(), seenOf(path, true));
    }
  }
}

function seenOf(path: string | Buffer, broken: boolean): Seen {
  const { ino: inode, size, mtimeNs: changed } = lstatSync(path, { bigint: true });
  return { inode, size: Number(size), changed, broken };
}

function isSame(before: Seen | undefined, now: Seen): boolean {
  return (
    before !== undefined &&
    before.inode === now.inode &&
    before.size === now.size &&
    before.changed === now.changed
  );
}
