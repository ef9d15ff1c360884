import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { PipRequirements } from '../registry/condaFile';
import { askPython, type BasePython } from './basePython';
import { identityOf, stillRuns, type ProcessIdentity } from './processIdentity';
import type { ProcessRecords } from './processRecords';
import { runCommand } from './runCommand';
import { installerEnvironment } from './workerEnvironment';
import { systemErrorCode } from '../errors/systemError';

/** Tells how an installation goes on, line by line. */
export type InstallProgress = (line: string) => void;

/** What stands in the record of an environment that is ready. */
interface ReadyEnvironment {
  readonly folder: string;
}

/**
 * Virtual environments, one for each definition, made once and shared. An attempt installs into a folder of its
 * own; only when it is done does a record name it, which just the first attempt gets to write. So nothing that is
 * half made is ever used, and a kill leaves no more than a folder that the next attempt clears away.
 */
export class VirtualEnvironments {
  private readonly ready = new Map<string, Promise<string>>();
  private asked: Promise<BasePython> | undefined;

  constructor(
    private readonly folder: string,
    /** The command of the interpreter to make environments with, and to use where nothing is to be installed. */
    private readonly command: string,
    private readonly processes?: ProcessRecords,
  ) {}

  /** What the interpreter of this machine is; asked once. Fails with `PythonMissing`, `PythonTooOld`. */
  base(): Promise<BasePython> {
    if (this.asked === undefined) {
      this.asked = askPython(this.command);
      this.asked.catch(() => (this.asked = undefined));
    }
    return this.asked;
  }

  /**
   * The interpreter of the environment with these packages. Callers for the same definition share one attempt.
   * Fails with `PythonMissing`, `PythonTooOld`, `EnsurepipMissing`, `EnvironmentFailed`.
   */
  python(requirements: PipRequirements | undefined, progress: InstallProgress): Promise<string> {
    const lines = requirements?.lines ?? [];
    const definition = JSON.stringify(lines);
    let python = this.ready.get(definition);
    if (python === undefined) {
      python = this.provide(lines, progress);
      this.ready.set(definition, python);
      python.catch(() => this.ready.delete(definition));
    }
    return python;
  }

  private async provide(lines: readonly string[], progress: InstallProgress): Promise<string> {
    const base = await this.base();
    if (lines.length === 0) return base.executable;
    await mkdir(this.folder, { recursive: true });
    const definition = JSON.stringify([base.executable, base.version, lines]);
    const key = createHash('sha256').update(definition).digest('hex').slice(0, 24);
    const record = join(this.folder, `${key}.json`);
    const attempts = (await readdir(this.folder)).filter(
      (name) => name.startsWith(`${key}.`) && name !== `${key}.json`,
    );
    const present = await readIntact(record);
    if (present !== undefined) return interpreterOf(present.folder);
    await this.clearAbandoned(attempts);
    const attempt = join(this.folder, `${key}.${randomUUID()}`);
    try {
      await this.install(attempt, base, lines, progress);
      const winner = await publish(record, { folder: attempt });
      if (winner.folder !== attempt) await rm(attempt, { recursive: true, force: true });
      return interpreterOf(winner.folder);
    } catch (error) {
      await rm(attempt, { recursive: true, force: true });
      throw error;
    }
  }

  private async install(
    attempt: string,
    { executable, missing }: BasePython,
    lines: readonly string[],
    progress: InstallProgress,
  ): Promise<void> {
    if (missing !== undefined) throw failure('EnsurepipMissing', { python: executable, package: missing });
    await makeOwned(attempt);
    const environment = installerEnvironment(process.env);
    progress(`Making a virtual environment with ${executable}`);
    await runCommand(executable, ['-m', 'venv', attempt], environment, progress, 'venv', this.processes);
    await writeFile(join(attempt, 'requirements.txt'), `${lines.join('\n')}\n`);
    const options = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
    const install = ['-m', 'pip', 'install', ...options, '-r', join(attempt, 'requirements.txt')];
    await runCommand(interpreterOf(attempt), install, environment, progress, 'pip install', this.processes);
  }

  /** Removes what attempts have left behind of which the process is gone. */
  private async clearAbandoned(attempts: readonly string[]): Promise<void> {
    for (const name of attempts) {
      const folder = join(this.folder, name);
      const owner = await readJson<ProcessIdentity>(join(folder, 'owner.json'));
      if (owner !== undefined && stillRuns(owner)) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function interpreterOf(folder: string): string {
  return join(folder, 'bin', 'python');
}

/** Makes the folder of an attempt, which tells from its first moment whose it is. */
async function makeOwned(attempt: string): Promise<void> {
  const draft = join(dirname(attempt), `draft-${randomUUID()}`);
  await mkdir(draft);
  await writeFile(join(draft, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  await rename(draft, attempt);
}

/** The record of an environment, unless somebody has removed what it names: then it is removed too. */
async function readIntact(path: string): Promise<ReadyEnvironment | undefined> {
  const record = await readJson<ReadyEnvironment>(path);
  if (record === undefined || existsSync(interpreterOf(record.folder))) return record;
  await rm(path, { force: true });
  return undefined;
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a record where there is none; answers the one that is there then. */
async function publish(path: string, record: ReadyEnvironment): Promise<ReadyEnvironment> {
  const draft = join(dirname(path), `draft-${randomUUID()}`);
  await writeFile(draft, JSON.stringify(record), { flush: true });
  try {
    await link(draft, path);
    return record;
  } catch (error) {
    const winner = await readJson<ReadyEnvironment>(path);
    if (winner === undefined) throw error;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
}
