import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors/systemError';
import { makeFolders } from '../stores/makeFolders';
import { EnvironmentUses } from './environmentUses';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';

/** What stands in the record of an environment that is ready. */
interface ReadyEnvironment {
  readonly folder: string;
}

/**
 * The folder that environments lie in. The record `<key>.json` names the one folder that is ready for a definition;
 * `<key>.<id>` are the folders of attempts, each with its owner; `draft-...` is what is about to be one of them, or is
 * about to go, with the process that is at it in its name. So whatever a kill leaves behind can be told from work that
 * goes on. `uses/` has a note of each process that an environment was given to.
 */
export class EnvironmentFolder {
  private readonly uses: EnvironmentUses;

  constructor(private readonly path: string) {
    this.uses = new EnvironmentUses(join(path, 'uses'));
  }

  /**
   * The folder that is ready for a key; from then on it is in use by this process. A record of one that somebody has
   * removed is removed too.
   */
  async ready(key: string): Promise<string | undefined> {
    // Noted before it is looked for: whoever removes it takes its record away first, and looks for notes then.
    this.uses.note(key);
    const folder = (await readJson<ReadyEnvironment>(this.record(key)))?.folder;
    if (folder === undefined || existsSync(interpreterOf(folder))) return folder;
    await rm(this.record(key), { force: true });
    return undefined;
  }

  /** Whether a folder is ready for a key. */
  async has(key: string): Promise<boolean> {
    const folder = (await readJson<ReadyEnvironment>(this.record(key)))?.folder;
    return folder !== undefined && existsSync(interpreterOf(folder));
  }

  /** Notes that an environment goes on being used. */
  touch(key: string): void {
    this.uses.note(key);
  }

  /** Forgets that this process uses an environment. */
  leave(key: string): void {
    this.uses.leave(key);
  }

  /** Environments that are ready and were not given to anybody since a time, nor are in use by another process. */
  async unused(before: Date): Promise<{ readonly key: string; readonly folder: string }[]> {
    const found: { key: string; folder: string }[] = [];
    for (const name of await readdir(this.path).catch(() => [])) {
      const key = /^([0-9a-f]{24})\.json$/.exec(name)?.[1];
      if (key === undefined || (await this.uses.last(key)) > before || this.uses.ofOthers(key)) continue;
      const made = await stat(this.record(key)).catch(() => undefined);
      const folder = (await readJson<ReadyEnvironment>(this.record(key)))?.folder;
      if (made !== undefined && made.mtime <= before && folder !== undefined) found.push({ key, folder });
    }
    return found;
  }

  /**
   * Removes an environment that nobody uses: takes its record away, looks whether it was given to somebody meanwhile, and
   * puts the record back then. What a kill leaves of it is cleared away as what is abandoned. Says whether it is gone.
   */
  async remove(key: string, folder: string): Promise<boolean> {
    await rm(this.record(key), { force: true });
    if (this.uses.has(key)) {
      await this.publish(key, folder);
      return false;
    }
    const draft = this.draft();
    await rename(folder, draft);
    await rm(draft, { recursive: true, force: true });
    this.uses.forget(key);
    return true;
  }

  /** Makes the folder of an attempt, which tells from its first moment whose it is. */
  async attempt(key: string): Promise<string> {
    const attempt = join(this.path, `${key}.${randomUUID()}`);
    const draft = this.draft();
    makeFolders(draft);
    await writeFile(join(draft, ownerFile), JSON.stringify(identityOf(process.pid)));
    await rename(draft, attempt);
    return attempt;
  }

  /** Names a folder as the one for a key, where none is named; answers the one that is named then. */
  async publish(key: string, folder: string): Promise<string> {
    const draft = this.draft();
    const record: ReadyEnvironment = { folder };
    await writeFile(draft, JSON.stringify(record), { flush: true });
    try {
      await link(draft, this.record(key));
      return folder;
    } catch (error) {
      const winner = await readJson<ReadyEnvironment>(this.record(key));
      if (winner === undefined) throw error;
      return winner.folder;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** What processes that are gone have left half made or half removed, whatever definition it was for. */
  async abandoned(): Promise<string[]> {
    const found: string[] = [];
    for (const name of await readdir(this.path).catch(() => []))
      if (await this.isAbandoned(name)) found.push(join(this.path, name));
    return found;
  }

  /** Removes all of that. */
  async clearAbandoned(): Promise<void> {
    for (const path of await this.abandoned()) await rm(path, { recursive: true, force: true });
  }

  private async isAbandoned(name: string): Promise<boolean> {
    const drafted = /^draft-(\d+)-(.*)-[0-9a-f-]{36}$/.exec(name);
    if (drafted !== null) {
      const [, pid, started = ''] = drafted;
      return !stillRuns({ pid: Number(pid), started: decodeURIComponent(started) });
    }
    const key = /^([0-9a-f]{24})\.(?!json$)/.exec(name)?.[1];
    if (key === undefined) return false;
    const folder = join(this.path, name);
    const owner = await readJson<ProcessIdentity>(join(folder, ownerFile));
    if (owner !== undefined && stillRuns(owner)) return false;
    // After its owner's end nobody publishes it any more: it is ready by now, or never.
    return (await readJson<ReadyEnvironment>(this.record(key)))?.folder !== folder;
  }

  private record(key: string): string {
    return join(this.path, `${key}.json`);
  }

  private draft(): string {
    const { pid, started } = identityOf(process.pid) ?? { pid: process.pid, started: '' };
    return join(this.path, `draft-${pid}-${encodeURIComponent(started)}-${randomUUID()}`);
  }
}

const ownerFile = 'owner.json';

/** The interpreter of an environment. */
export function interpreterOf(folder: string): string {
  const ofConda = join(condaFolder(folder), 'bin', 'python');
  return existsSync(ofConda) ? ofConda : join(folder, 'bin', 'python');
}

/** Where conda makes an environment, in the folder of an attempt: it takes no folder that has something in it. */
export function condaFolder(folder: string): string {
  return join(folder, 'conda');
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
