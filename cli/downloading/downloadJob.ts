import { resolve } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { outputFolder } from '../../shared/outputs/jobFileAccess';
import type { AnsweredFile, AnsweredJob } from '../client/resources';
import type { Context } from '../context';
import { downloadFiles } from './downloadFiles';
import { jobFilePath } from './filePieces';

/** What is downloaded of a job, and where to. */
interface DownloadOptions {
  readonly name: string;
  readonly outputName: string | undefined;
  readonly downloadPath: string | undefined;
  readonly all: boolean;
}

/** Downloads files of a job, and answers which. */
export async function downloadJob(context: Context, options: DownloadOptions): Promise<object[]> {
  const { name, outputName = 'score', downloadPath = '.', all } = options;
  const { workspace, currentFolder } = context;
  if (outputName !== 'score') throw failure('JobOutputUnknown', { output: outputName });
  const files = await workspace.all<AnsweredFile>(`jobs/${encodeURIComponent(name)}/files`);
  const wanted = files.filter((file) => all || file.name.startsWith(outputFolder));
  if (wanted.length === 0) throw await nothingThere(context, name);
  const folder = resolve(currentFolder, downloadPath);
  return downloadFiles(context, wanted, { folder, pathOf: (file) => jobFilePath(name, file) });
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
