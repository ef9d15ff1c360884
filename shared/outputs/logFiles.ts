import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileFailure } from '../stores/fileErrors';

/** Characters of a file that are gathered before they are written. */
const gathered = 64 * 1024;

interface LogFile {
  readonly handle: FileHandle;
  texts: string[];
  length: number;
}

/** Text files in a folder of their own, which grow at once. Fails with `StoreFull` where the disk has no room left. */
export class LogFiles {
  private readonly files = new Map<string, LogFile>();

  constructor(private readonly folder: string) {}

  async add(file: string, text: string): Promise<void> {
    const log = this.files.get(file) ?? (await this.make(file));
    log.texts.push(text);
    log.length += text.length;
    if (log.length >= gathered) await this.write(log);
  }

  /** Writes what is left; answers the names and paths of all files. */
  async finish(): Promise<[string, string][]> {
    for (const log of this.files.values()) await this.write(log);
    return [...this.files.keys()].map((file) => [file, join(this.folder, file)]);
  }

  /** Closes all files, whatever became of them. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.files.values()].map(({ handle }) => handle.close()));
  }

  private make(file: string): Promise<LogFile> {
    return this.reporting(async () => {
      const path = join(this.folder, file);
      await mkdir(dirname(path), { recursive: true });
      const log: LogFile = { handle: await open(path, 'w'), texts: [], length: 0 };
      this.files.set(file, log);
      return log;
    });
  }

  private write(log: LogFile): Promise<void> {
    const text = log.texts.join('');
    log.texts = [];
    log.length = 0;
    return this.reporting(() => log.handle.appendFile(text));
  }

  private async reporting<T>(deed: () => Promise<T>): Promise<T> {
    try {
      return await deed();
    } catch (error) {
      throw fileFailure(error, { store: pathToFileURL(this.folder).href });
    }
  }
}
