import { resolve } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { outputFolder } from '../../shared/outputs/jobFileAccess';
import type { AnsweredFile, AnsweredJob } from '../client/resources';
import type { Context } from '../context';
import { byteCount } from '../output/durations';
import { Pace } from '../output/pace';
import { downloadFile } from './downloadFile';
import { pieces } from './jobFile';
import { safePath } from './safePath';

/** What is downloaded of a job, and where to. */
interface DownloadOptions {
  readonly name: string;
  readonly outputName: string | undefined;
  readonly downloadPath: string | undefined;
  readonly all: boolean;
}

/** Files of which the progress is told. */
const largeBytes = 32 * 1024 * 1024;

/** Downloads files of a job, and answers which. */
export async function downloadJob(context: Context, options: DownloadOptions): Promise<object[]> {
  const { name, outputName = 'score', downloadPath = '.', all } = options;
  const { workspace, currentFolder } = context;
  if (outputName !== 'score') throw failure('JobOutputUnknown', { output: outputName });
  const files = await workspace.all<AnsweredFile>(`jobs/${encodeURIComponent(name)}/files`);
  const wanted = files.filter((file) => all || file.name.startsWith(outputFolder));
  if (wanted.length === 0) throw await nothingThere(context, name);
  const folder = resolve(currentFolder, downloadPath);
  // All of them before the first: a name that is not safe stops everything.
  const targets = wanted.map(({ name: file, size }) => ({ name: file, path: safePath(folder, file), size }));
  for (const { name: file, path } of targets) {
    await downloadFile(path, pieces(workspace, name, file), progressOf(context, file));
  }
  context.terminal.status('');
  return targets;
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

async function nothingThere({ workspace }: Context, name: string): Promise<Error> {
  const { properties } = await workspace.get<AnsweredJob>(`jobs/${encodeURIComponent(name)}`);
  const { status, outputAction } = properties;
  const advice =
    status === 'Completed'
      ? `Its output_action is ${outputAction === 'SummaryOnly' ? 'summary_only: its rows were only counted' : 'append_row'}.`
      : status === 'Failed' || status === 'Canceled'
        ? `'batchpoint job download -n ${name} --all' gets its logs, and what it had scored.`
        : `'batchpoint job stream -n ${name}' waits for its end.`;
  return failure('JobOutputMissing', { job: name, status, advice });
}
