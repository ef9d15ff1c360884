import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { PipRequirements } from '../registry/condaFile';
import { askPython, type BasePython } from './basePython';
import { EnvironmentFolder, interpreterOf } from './environmentFolder';
import type { ProcessRecords } from './processRecords';
import { runCommand } from './runCommand';
import { installerEnvironment } from './workerEnvironment';

/** Tells how an installation goes on, line by line. */
export type InstallProgress = (line: string) => void;

/** An environment that is there or in the making, and who is told how that goes on. */
interface Making {
  readonly python: Promise<string>;
  /** Absent once it is there. */
  listeners?: Set<InstallProgress>;
}

/**
 * Virtual environments, one for each definition, made once and shared. An attempt installs into a folder of its
 * own; only when it is done does a record name it, which just the first attempt gets to write. So nothing that is
 * half made is ever used, and a kill leaves no more than folders that the next attempt clears away.
 */
export class VirtualEnvironments {
  private readonly makings = new Map<string, Making>();
  private asked: Promise<BasePython> | undefined;
  private readonly folder: EnvironmentFolder;

  constructor(
    folder: string,
    /** The command of the interpreter to make environments with, and to use where nothing is to be installed. */
    private readonly command: string,
    private readonly processes?: ProcessRecords,
  ) {
    this.folder = new EnvironmentFolder(folder);
  }

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
    const making = this.makings.get(definition) ?? this.begin(definition, lines);
    making.listeners?.add(progress);
    return making.python;
  }

  private begin(definition: string, lines: readonly string[]): Making {
    const listeners = new Set<InstallProgress>();
    const python = this.provide(lines, (line) => {
      for (const tell of listeners) tell(line);
    });
    const making: Making = { python, listeners };
    this.makings.set(definition, making);
    python.then(
      () => delete making.listeners,
      () => this.makings.delete(definition),
    );
    return making;
  }

  private async provide(lines: readonly string[], progress: InstallProgress): Promise<string> {
    const base = await this.base();
    if (lines.length === 0) return base.executable;
    const definition = JSON.stringify([base.executable, base.version, lines]);
    const key = createHash('sha256').update(definition).digest('hex').slice(0, 24);
    const present = await this.folder.ready(key);
    if (present !== undefined) return interpreterOf(present);
    await this.folder.clearAbandoned();
    if (base.missing !== undefined) {
      throw failure('EnsurepipMissing', { python: base.executable, package: base.missing });
    }
    const attempt = await this.folder.attempt(key);
    let winner: string | undefined;
    try {
      await this.install(attempt, base, lines, progress);
      winner = await this.folder.publish(key, attempt);
    } finally {
      if (winner !== attempt) await rm(attempt, { recursive: true, force: true });
    }
    return interpreterOf(winner);
  }

  private async install(
    attempt: string,
    { executable }: BasePython,
    lines: readonly string[],
    progress: InstallProgress,
  ): Promise<void> {
    const environment = installerEnvironment(process.env);
    progress(`Making a virtual environment with ${executable}`);
    await runCommand(executable, ['-m', 'venv', attempt], environment, progress, 'venv', this.processes);
    await writeFile(join(attempt, 'requirements.txt'), `${lines.join('\n')}\n`);
    const options = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
    const install = ['-m', 'pip', 'install', ...options, '-r', join(attempt, 'requirements.txt')];
    await runCommand(interpreterOf(attempt), install, environment, progress, 'pip install', this.processes);
  }
}
