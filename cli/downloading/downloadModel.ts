import { resolve } from 'node:path';
import type { AnsweredFile } from '../client/resources';
import type { Context } from '../context';
import { versionPath, type VersionChoice } from '../registering/wantedVersion';
import { downloadFiles } from './downloadFiles';
import { modelFilePath } from './filePieces';

/** Downloads a version of a model into a folder of its name, and answers which files. */
export async function downloadModel(
  context: Context,
  choice: VersionChoice,
  downloadPath = '.',
): Promise<object[]> {
  const { workspace, currentFolder } = context;
  const version = await versionPath(workspace, choice);
  const files = await workspace.all<AnsweredFile>(`${version}/files`);
  const folder = resolve(currentFolder, downloadPath, choice.name);
  return downloadFiles(context, files, { folder, pathOf: (file) => modelFilePath(version, file) });
}
