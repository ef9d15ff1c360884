import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isFailure } from '../../errors/batchpointError';
import { installerEnvironment } from '../workerEnvironment';
import { askPython, type BasePython } from './basePython';
import { isProgram, programsLike } from './findProgram';
import type { Installer } from './installers';
import { runCommand } from './runCommand';

/** The interpreters of this machine that scoring works with. */
export class MachinePythons {
  private asked: Promise<BasePython> | undefined;

  constructor(
    /** The command of the interpreter to prefer, and to use where any will do. */
    private readonly command: string,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** What the preferred interpreter is; asked once. Fails with `PythonMissing`, `PythonTooOld`. */
  base(): Promise<BasePython> {
    if (this.asked === undefined) {
      this.asked = askPython(this.command, this.variables);
      this.asked.catch(() => (this.asked = undefined));
    }
    return this.asked;
  }

  /**
   * All interpreters, the preferred one first: those on PATH, those of pyenv, and those that uv has installed. Looked for
   * at each call, as one may have been installed since.
   */
  async all(uv: Installer | undefined): Promise<BasePython[]> {
    const commands = [
      ...(await programsLike(/^python(?:3(?:\.\d+)?)?$/, this.variables)),
      ...(await pythonsOfPyenv(this.variables)),
      ...(uv === undefined ? [] : await pythonsOfUv(uv, this.variables)),
    ];
    const answers = await Promise.all([this.command, ...commands].map((command) => this.ask(command)));
    const found = new Map<string, BasePython>();
    for (const python of answers) {
      if (python === undefined) continue;
      // Several names may lead to one program.
      const path = await realpath(python.executable).catch(() => python.executable);
      if (!found.has(path)) found.set(path, python);
    }
    return [...found.values()];
  }

  /** What has the name of an interpreter may be a starter without one, or be too old. */
  private async ask(command: string): Promise<BasePython | undefined> {
    try {
      return await askPython(command, this.variables);
    } catch (error) {
      if (isFailure(error)) return undefined;
      throw error;
    }
  }
}

async function pythonsOfPyenv(variables: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = join(variables['PYENV_ROOT'] || join(variables['HOME'] || homedir(), '.pyenv'), 'versions');
  const programs = (await readdir(folder).catch(() => []))
    .sort()
    .map((version) => join(folder, version, 'bin', 'python'));
  const there = await Promise.all(programs.map(isProgram));
  return programs.filter((_program, i) => there[i]);
}

async function pythonsOfUv({ path }: Installer, variables: NodeJS.ProcessEnv): Promise<string[]> {
  const parameters = ['python', 'list', '--only-installed', '--managed-python', '--output-format', 'json'];
  const environment = installerEnvironment(variables);
  const list = { program: path, parameters, environment, step: 'uv python list' };
  try {
    const found = JSON.parse(await runCommand(list, () => undefined)) as { path?: string | null }[];
    return found.flatMap(({ path: python }) => (typeof python === 'string' ? [python] : []));
  } catch (error) {
    // An older uv has no such list.
    if (isFailure(error) || error instanceof SyntaxError) return [];
    throw error;
  }
}
