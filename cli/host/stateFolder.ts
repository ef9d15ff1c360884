import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';

/** The state folder: `BATCHPOINT_STATE`, or `.batchpoint` of the current folder. */
export function stateFolderOf(environment: NodeJS.ProcessEnv, currentFolder: string): string {
  return resolve(currentFolder, environment['BATCHPOINT_STATE'] || '.batchpoint');
}

/** Makes a state folder where there is none: for its owner alone, and out of the sight of Git. */
export function makeStateFolder(folder: string): string {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) {
      // It holds a key, and usually lies in a working copy.
      writeFileSync(join(folder, '.gitignore'), '*\n');
    }
  } catch (error) {
    const reason = `the state folder '${folder}' cannot be made (${systemErrorReason(error)}). Name another one in BATCHPOINT_STATE.`;
    throw failure('HostStartFailed', { reason }, { cause: error });
  }
  return folder;
}
