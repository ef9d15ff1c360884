import { findProgram, isProgram } from './findProgram';

/** The programs that make environments where they are there, beside Python's own venv and pip. */
export const installerNames = ['uv', 'mamba', 'micromamba', 'conda'] as const;

export type InstallerName = (typeof installerNames)[number];

/** An installer of this machine. */
export interface Installer {
  readonly name: InstallerName;
  readonly path: string;
}

/** What this machine can make environments with, beside venv and pip. */
export interface Installers {
  readonly uv: Installer | undefined;
  /** The one that installs conda packages: the quick ones before the slow one. */
  readonly conda: Installer | undefined;
}

/** Where the starter of conda and that of mamba say they are: in a shell these may be functions, not programs. */
const placeVariables: Partial<Record<InstallerName, string>> = {
  conda: 'CONDA_EXE',
  micromamba: 'MAMBA_EXE',
};

/** Looks for installers, among those that may be used. */
export async function findInstallers(
  environment: NodeJS.ProcessEnv,
  allowed: readonly InstallerName[] = installerNames,
): Promise<Installers> {
  const found: Installer[] = [];
  for (const name of allowed) {
    const path = (await findProgram(name, environment)) ?? (await namedPlace(name, environment));
    if (path !== undefined) found.push({ name, path });
  }
  const named = (...names: InstallerName[]): Installer | undefined =>
    names.flatMap((name) => found.filter((one) => one.name === name))[0];
  return { uv: named('uv'), conda: named('mamba', 'micromamba', 'conda') };
}

async function namedPlace(name: InstallerName, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = environment[placeVariables[name] ?? ''];
  return path !== undefined && path.endsWith(name) && (await isProgram(path)) ? path : undefined;
}
