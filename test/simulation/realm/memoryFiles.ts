import { posix } from 'node:path';

/** The start of the paths of files in memory. */
export const memoryRoot = '/simulated';

/** Files and folders in memory. What is asked for here is done at once, in the order of the calls. */
export class MemoryFiles {
  private readonly files = new Map<string, Buffer>();
  private readonly folders = new Set<string>([memoryRoot]);

  /** The bytes of a file, or an error as the system has it. */
  content(path: string): Buffer {
    const found = this.files.get(posix.normalize(path));
    if (found === undefined) throw systemError('ENOENT', 'open', path);
    return found;
  }

  has(path: string): boolean {
    const at = posix.normalize(path);
    return this.files.has(at) || this.folders.has(at);
  }

  isFile(path: string): boolean {
    return this.files.has(posix.normalize(path));
  }

  put(path: string, content: Uint8Array | string): void {
    const at = posix.normalize(path);
    if (!this.folders.has(posix.dirname(at))) throw systemError('ENOENT', 'open', path);
    this.files.set(at, Buffer.from(content as Uint8Array));
  }

  append(path: string, content: Uint8Array | string): void {
    const present = this.files.get(posix.normalize(path));
    const more = Buffer.from(content as Uint8Array);
    this.put(path, present === undefined ? more : Buffer.concat([present, more]));
  }

  truncate(path: string, size: number): void {
    const present = this.content(path);
    const cut = Buffer.alloc(size);
    present.copy(cut, 0, 0, size);
    this.put(path, cut);
  }

  makeFolder(path: string): void {
    for (let at = posix.normalize(path); !this.folders.has(at) && at !== '/'; at = posix.dirname(at))
      this.folders.add(at);
  }

  /** Names directly below a folder. */
  list(path: string): string[] {
    const at = posix.normalize(path);
    if (!this.folders.has(at)) throw systemError('ENOENT', 'scandir', path);
    const below = [...this.files.keys(), ...this.folders].filter(
      (one) => posix.dirname(one) === at && one !== at,
    );
    return below.map((one) => posix.basename(one)).sort();
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void {
    const at = posix.normalize(path);
    this.files.delete(at);
    if (!this.folders.delete(at)) return;
    const below = `${at}/`;
    for (const name of this.files.keys()) if (name.startsWith(below)) this.files.delete(name);
    for (const name of this.folders) if (name.startsWith(below)) this.folders.delete(name);
  }

  move(from: string, to: string): void {
    this.put(to, this.content(from));
    this.files.delete(posix.normalize(from));
  }
}

/** An error as the file system gives it. */
export function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });
}
