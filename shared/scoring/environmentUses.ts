import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';

/** Processes that an environment was given to, by a file for each: `<key>.<pid>-<start>`. It is as old as the last use. */
export class EnvironmentUses {
  private readonly own = identityOf(process.pid) ?? { pid: process.pid, started: '' };

  constructor(private readonly folder: string) {}

  /** Notes that this process uses an environment now. */
  note(key: string): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.file(key, this.own), '');
  }

  /** Takes the note of this process away. */
  leave(key: string): void {
    rmSync(this.file(key, this.own), { force: true });
  }

  /** When an environment was used last, as far as it is known. */
  async last(key: string): Promise<Date> {
    const times = await Promise.all(this.notes(key).map(({ file }) => stat(file).catch(() => undefined)));
    return times.reduce(
      (last, time) => (time !== undefined && time.mtime > last ? time.mtime : last),
      new Date(0),
    );
  }

  /** Whether a process that runs has a note. */
  has(key: string): boolean {
    return this.notes(key).some(({ user }) => stillRuns(user));
  }

  /** Whether another process that runs has one. */
  ofOthers(key: string): boolean {
    return this.notes(key).some(({ user }) => user.pid !== this.own.pid && stillRuns(user));
  }

  /** Removes all notes of an environment. */
  forget(key: string): void {
    for (const { file } of this.notes(key)) rmSync(file, { force: true });
  }

  private notes(key: string): { readonly file: string; readonly user: ProcessIdentity }[] {
    return names(this.folder).flatMap((name) => {
      const [, of, pid, started = ''] = /^([0-9a-f]{24})\.(\d+)-(.*)$/.exec(name) ?? [];
      if (of !== key || pid === undefined) return [];
      return [
        { file: join(this.folder, name), user: { pid: Number(pid), started: decodeURIComponent(started) } },
      ];
    });
  }

  private file(key: string, { pid, started }: ProcessIdentity): string {
    return join(this.folder, `${key}.${pid}-${encodeURIComponent(started)}`);
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
