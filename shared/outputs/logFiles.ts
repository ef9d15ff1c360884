import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileFailure } from '../stores/fileErrors';

/** Characters of a file that are gathered before they are written. */
const gathered = 64 * 1024;

/** Characters of all files together that are gathered. */
const gatheredInAll = 4 * 1024 * 1024;

interface LogFile {
  readonly path: string;
  texts: string[];
  length: number;
}

/**
 * Text files in a folder of their own, which grow at once, however many they are: none of them is held open. Fails with
 * `StoreFull` where the disk has no room left.
 */
export class LogFiles {
  private readonly files = new Map<string, LogFile>();
  /** Characters that are not written yet. */
  private waiting = 0;

  constructor(private readonly folder: string) {}

  async add(file: string, text: string): Promise<void> {
    const log = this.files.get(file) ?? (await this.make(file));
    log.texts.push(text);
    log.length += text.length;
    this.waiting += text.length;
    if (log.length >= gathered) await this.write(log);
    else if (this.waiting >= gatheredInAll) await this.writeAll();
  }

  /** Writes what is left; answers the names and paths of all files. */
  async finish(): Promise<[string, string][]> {
    await this.writeAll();
    return [...this.files].map(([file, { path }]) => [file, path]);
  }

  private make(file: string): Promise<LogFile> {
    return this.reporting(async () => {
      const path = join(this.folder, file);
      await mkdir(dirname(path), { recursive: true });
      const log: LogFile = { path, texts: [], length: 0 };
      this.files.set(file, log);
      return log;
    });
  }

  private async writeAll(): Promise<void> {
    for (const log of this.files.values()) if (log.length > 0) await this.write(log);
  }

  private write(log: LogFile): Promise<void> {
    const text = log.texts.join('');
    this.waiting -= log.length;
    log.texts = [];
    log.length = 0;
    return this.reporting(() => appendFile(log.path, text));
  }

  private async reporting<T>(deed: () => Promise<T>): Promise<T> {
    try {
      return await deed();
    } catch (error) {
      throw fileFailure(error, { store: pathToFileURL(this.folder).href });
    }
  }
}
