import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { systemErrorCode, systemErrorReason } from '../../shared/errors/systemError';
import { makeFolders } from '../../shared/stores/makeFolders';

/** The state folder: `BATCHPOINT_STATE`, or `.batchpoint` of the current folder. */
export function stateFolderOf(environment: NodeJS.ProcessEnv, currentFolder: string): string {
  return resolve(currentFolder, environment['BATCHPOINT_STATE'] || '.batchpoint');
}

/** Makes a state folder where there is none: for its owner alone, and out of the sight of Git. */
export function makeStateFolder(folder: string): string {
  try {
    if (makeFolders(folder, 0o700) !== undefined) {
      // It holds a key, and usually lies in a working copy.
      writeFileSync(join(folder, '.gitignore'), '*\n');
    }
  } catch (error) {
    const reason = `the state folder '${folder}' cannot be made: ${reasonOf(error)}. Name another one in BATCHPOINT_STATE.`;
    throw failure('HostStartFailed', { reason }, { cause: error });
  }
  return folder;
}

function reasonOf(error: unknown): string {
  const isInTheWay = systemErrorCode(error) === 'ENOTDIR';
  const { path } = error as NodeJS.ErrnoException;
  return isInTheWay && path !== undefined ? `'${path}' is a file, not a folder` : systemErrorReason(error);
}
