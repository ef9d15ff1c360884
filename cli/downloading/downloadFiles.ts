import { isFailure } from '../../shared/errors/batchpointError';
import type { AnsweredFile } from '../client/resources';
import type { Context } from '../context';
import { byteCount } from '../output/durations';
import { Pace } from '../output/pace';
import { downloadFile } from './downloadFile';
import { pieces } from './filePieces';
import { putAside } from './putAside';
import { safePath } from './safePath';

/** Files of which the progress is told. */
const largeBytes = 32 * 1024 * 1024;

/** Downloads files into a folder, below their names, and answers where they are. `pathOf` gives their paths at the host. */
export async function downloadFiles(
  context: Context,
  files: readonly AnsweredFile[],
  { folder, pathOf }: { readonly folder: string; readonly pathOf: (file: string) => string },
): Promise<object[]> {
  // All of them before the first: a name that is not safe stops everything.
  const targets = files.map(({ name: file, size }) => ({ name: file, path: safePath(folder, file), size }));
  for (const { name: file, path } of targets) {
    const download = (): Promise<void> =>
      downloadFile(path, pieces(context.workspace, pathOf(file)), progressOf(context, file));
    await overOther(context, path, download);
  }
  context.terminal.status('');
  return targets;
}

/** A file that is there with other content is kept under another name: a script that is run again goes on. */
async function overOther({ terminal }: Context, path: string, download: () => Promise<void>): Promise<void> {
  try {
    await download();
  } catch (error) {
    if (!isFailure(error, 'FileExists')) throw error;
    const aside = await putAside(path).catch(() => undefined);
    if (aside === undefined) throw error;
    terminal.warn(`The file '${path}' was there with other content, which is kept as '${aside}'.`);
    await download();
  }
}

/** Tells how far a large file is. */
function progressOf({ terminal }: Context, file: string): (done: number, size: number) => void {
  const pace = new Pace(() => performance.now());
  return (done, size) => {
    const text = `${file}: ${Math.floor((done / Math.max(1, size)) * 100)} % of ${byteCount(size)}`;
    terminal.status(text);
    if (size >= largeBytes && pace.isDue(done / size)) terminal.progressNote(text);
  };
}
