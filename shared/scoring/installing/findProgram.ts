import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** The path of a program that is on PATH; `undefined` where it is not there. */
export async function findProgram(name: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of foldersOf(environment)) {
    const path = join(folder, name);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

/** The programs on PATH of which the whole name has a shape, in the order of PATH. */
export async function programsLike(shape: RegExp, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const found: string[] = [];
  for (const folder of foldersOf(environment)) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => shape.test(one)).sort()) {
      if (await isProgram(join(folder, name))) found.push(join(folder, name));
    }
  }
  return found;
}

/** Whether a path is a file that may be run. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function foldersOf(environment: NodeJS.ProcessEnv): string[] {
  return (environment['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}
