import { posix } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { memoryRoot, systemError, type MemoryFiles } from './memoryFiles';

type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The calls of `node:fs/promises` that the engine makes, on files in memory. */
export function memoryPromises(files: MemoryFiles): Calls {
  const stat = (path: string): unknown => {
    if (!files.has(path)) throw systemError('ENOENT', 'stat', path);
    return statOf(files, path);
  };
  return promised({
    stat,
    lstat: stat,
    access: stat,
    mkdir: (path: string) => files.makeFolder(path),
    rm: (path: string, options?: { force?: boolean }) => {
      if (options?.force !== true && !files.has(path)) throw systemError('ENOENT', 'rm', path);
      files.remove(path);
    },
    rename: (from: string, to: string) => files.move(from, to),
    truncate: (path: string, size = 0) => files.truncate(path, size),
    readFile: (path: string, options?: string | { encoding?: string }) => {
      const encoding = typeof options === 'string' ? options : options?.encoding;
      const content = Buffer.from(files.content(path));
      return encoding === undefined ? content : content.toString(encoding as BufferEncoding);
    },
    appendFile: (path: string, content: Uint8Array | string) => files.append(path, content),
    writeFile: (path: string, content: Uint8Array | string) => files.put(path, content),
    readdir: (path: string, options?: { withFileTypes?: boolean; recursive?: boolean }) =>
      options?.withFileTypes === true ? entriesOf(files, path, options.recursive === true) : files.list(path),
    open: (path: string, flags: string | number = 'r') => new MemoryHandle(files, path, flags),
  });
}

/** The same calls with promises of their answers. */
function promised(calls: Calls): Calls {
  const one =
    (call: (...args: never[]) => unknown) =>
    (...args: never[]): Promise<unknown> =>
      new Promise((resolve) => resolve(call(...args)));
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, one(call)]));
}

/** The calls of `node:fs` that the engine makes, on files in memory. */
export function memoryStreams(files: MemoryFiles): Readonly<Record<string, (path: string) => unknown>> {
  return {
    createReadStream: (path) => Readable.from(chunksOf(files, path), { objectMode: false }),
    createWriteStream: (path) => {
      files.put(path, '');
      return new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          files.append(path, chunk);
          done();
        },
      });
    },
    existsSync: (path) => files.has(path),
    openSync: (path) => {
      files.content(path);
      return new MemoryDescriptor(path);
    },
  };
}

/** What stands for the number of a file that is read by calls that wait. */
class MemoryDescriptor {
  at = 0;

  constructor(readonly path: string) {}
}

/** The calls of `node:fs` about such a file. */
export function descriptorCalls(files: MemoryFiles): Readonly<Record<string, (...args: never[]) => unknown>> {
  return {
    readSync: (
      file: MemoryDescriptor,
      target: Uint8Array,
      offset: number,
      length: number,
      position: number | null,
    ) => {
      const from = position ?? file.at;
      const size = files.content(file.path).copy(target, offset, from, from + length);
      file.at = from + size;
      return size;
    },
    closeSync: () => undefined,
  };
}

export function isInMemory(pathOrFile: unknown): boolean {
  return (
    pathOrFile instanceof MemoryDescriptor ||
    (typeof pathOrFile === 'string' && pathOrFile.startsWith(memoryRoot))
  );
}

function* chunksOf(files: MemoryFiles, path: string): Generator<Buffer> {
  const content = files.content(path);
  if (content.length > 0) yield content;
}

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
}

function kindOf(isFile: boolean): Kind {
  return { isFile: () => isFile, isDirectory: () => !isFile };
}

function statOf(files: MemoryFiles, path: string): Kind & { readonly size: number } {
  const isFile = files.isFile(path);
  return { ...kindOf(isFile), size: isFile ? files.content(path).length : 0 };
}

function entriesOf(files: MemoryFiles, folder: string, isDeep: boolean): unknown[] {
  return files.list(folder).flatMap((name): unknown[] => {
    const path = posix.join(folder, name);
    const entry = { name, parentPath: folder, ...kindOf(files.isFile(path)) };
    return isDeep && entry.isDirectory() ? [entry, ...entriesOf(files, path, true)] : [entry];
  });
}

/** An open file. */
class MemoryHandle {
  private at = 0;

  constructor(
    private readonly files: MemoryFiles,
    private readonly path: string,
    flags: string | number,
  ) {
    if (typeof flags === 'string' && flags.startsWith('w')) files.put(path, '');
    else files.content(path);
  }

  stat(): Promise<unknown> {
    return Promise.resolve(statOf(this.files, this.path));
  }

  appendFile(content: Uint8Array | string): Promise<void> {
    return Promise.resolve(this.files.append(this.path, content));
  }

  async read(target: Buffer, offset: number, length: number, position: number | null): Promise<unknown> {
    const from = position ?? this.at;
    const bytesRead = this.files.content(this.path).copy(target, offset, from, from + length);
    this.at = from + bytesRead;
    return Promise.resolve({ bytesRead, buffer: target });
  }

  async write(source: Buffer, offset: number, length: number, position: number): Promise<unknown> {
    const present = this.files.content(this.path);
    const content = Buffer.alloc(Math.max(present.length, position + length));
    present.copy(content);
    source.copy(content, position, offset, offset + length);
    return Promise.resolve(this.files.put(this.path, content));
  }

  truncate(size: number): Promise<void> {
    return Promise.resolve(this.files.truncate(this.path, size));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
