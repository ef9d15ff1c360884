import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import type { FailureLine } from '../../shared/scoring/claimLog';
import { filesText } from '../../shared/outputs/failureTexts';
import type { TrialObserver, TrialParts, TrialResult } from '../../shared/trying/trial';
import { tryDeployment } from '../../shared/trying/tryDeployment';
import { Trying } from '../../shared/trying/trying';
import type { Context } from '../context';
import { isRemote, localPath } from '../files/localPaths';
import type { Overlay } from '../files/overlays';
import { JobFailure } from '../following/jobFailure';
import { hostEnvironment } from '../host/hostProcess';
import { makeStateFolder } from '../host/stateFolder';
import { presentUri } from '../invoking/inputOption';
import { readTrialParts } from './trialParts';
import { trialPlaces } from './trialPlaces';

/** What is tried. */
interface TryOptions {
  readonly file: string;
  readonly overlays: readonly Overlay[];
  readonly input: string;
  readonly files: number;
}

/**
 * Scores some files in the foreground. Rows go to standard output, all else to standard error: what the script prints, its
 * tracebacks, and how it went. Fails with `TrialFailed` where files failed, and with the error of what comes before them.
 */
export async function tryFile(context: Context, options: TryOptions): Promise<void> {
  const { currentFolder, terminal } = context;
  const { file, overlays, input, files } = options;
  const uri = isRemote(input) ? input : presentUri(localPath(currentFolder, input));
  const result = await inForeground(context, async (trying) => {
    const parts = await readTrialParts(context, { file, overlays, downloads: trying.scratch });
    const trial = { parts, input: { uri, files, places: trialPlaces(context) } };
    return tryDeployment(trying, trial, watcher(context, parts), context.signal);
  });
  for (const line of summary(result)) terminal.note(line);
  const { error, failedFiles } = result;
  if (failedFiles > 0) throw failure('TrialFailed', { failed: failedFiles, files: result.files });
  if (error !== undefined) throw new JobFailure(error);
}

/** Does something with what scores in the foreground, and leaves nothing of it running. */
export async function inForeground<T>(context: Context, work: (trying: Trying) => Promise<T>): Promise<T> {
  const { stateFolder, environment } = context;
  const trying = Trying.open(makeStateFolder(stateFolder), hostEnvironment(environment));
  try {
    return await work(trying);
  } catch (error) {
    // Where somebody looks on, a traceback is told as Python tells it, and the error is one line after it.
    const traceback = isFailure(error) && error.details.find(({ code }) => code === 'Traceback')?.message;
    if (!isFailure(error) || !traceback) throw error;
    context.terminal.note(traceback.trimEnd());
    throw new JobFailure({ code: error.code, message: error.message });
  } finally {
    await trying.close();
  }
}

/** Tells on standard error what goes on in a trial, and its rows on standard output. */
export function watcher({ terminal }: Context, { settings }: Pick<TrialParts, 'settings'>): TrialObserver {
  return {
    progress: (line) => terminal.note(line),
    warned: (warning) => terminal.warn(warning),
    printed: (_stream, bytes) => terminal.passOn(bytes),
    ready: () => undefined,
    failed: (line) => terminal.note(failedText(line)),
    output: async (path) => {
      if (settings.outputOptions?.format === 'parquet' && terminal.isInteractive) {
        terminal.note(
          'The rows are Parquet, which is not for terminals: redirect standard output to a file.',
        );
        return;
      }
      await pipeline(createReadStream(path), process.stdout, { end: false });
    },
  };
}

/** A failure as whoever looks on wants it: the traceback as it is, and then what it means. */
function failedText(line: FailureLine): string {
  const told = `Mini-batch ${line.miniBatch}, ${filesText(line)}: ${line.code}: ${line.message}`;
  return line.traceback === undefined ? told : `${line.traceback.trimEnd()}\n${told}`;
}

function summary({ files, failedFiles, miniBatches, rows, seconds, scriptFiles }: TrialResult): string[] {
  const { environment, init, run } = seconds;
  const written = scriptFiles.slice(0, 10).join(', ');
  return [
    `${count(files, 'file')} in ${count(miniBatches, 'mini-batch', 'es')}: ${count(rows, 'row')}, ${failedFiles} failed.`,
    `Seconds: ${environment.toFixed(2)} for the environment, ${init.toFixed(2)} in init(), ${run.toFixed(2)} in run().`,
    ...(written === '' ? [] : [`The script wrote ${count(scriptFiles.length, 'file')} itself: ${written}.`]),
  ];
}

function count(number: number, word: string, plural = 's'): string {
  return `${number} ${word}${number === 1 ? '' : plural}`;
}
