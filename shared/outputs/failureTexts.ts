import { printable } from '../errors/printable';
import type { FailureSummary } from '../jobs/jobRun';
import type { FailureLine } from '../scoring/claimLog';
import type { BlobStore } from '../stores/blobStore';
import { csvField } from './csvField';
import type { Outcomes } from './outcomes';
import { streamLines } from './streamLines';

/** The header of `failed_files.csv`. */
export const failedFilesHeader = 'file,mini_batch,code,exception,tries,message\n';

/** All failures of a job in the order of its mini-batches, read from the parts of its claims as a stream. */
export async function* failureLines(blobs: BlobStore, outcomes: Outcomes): AsyncGenerator<FailureLine> {
  for await (const { name } of outcomes.parts(blobs, 'failures')) {
    for await (const line of streamLines(await blobs.read(name))) yield JSON.parse(line) as FailureLine;
  }
}

/** A failure as lines of `failed_files.csv`. Where it cannot be told which files failed, all are listed and it says so. */
export function failedFileRows({ files, miniBatch, code, exception, tries, message }: FailureLine): string {
  return files
    .map((file) => [file, miniBatch, code, exception ?? '', tries, message].map(csvField).join(','))
    .join('\n')
    .concat('\n');
}

/** A failure for people: what failed, why, and the end of the traceback. */
export function failureText(failure: FailureLine | FailureSummary): string {
  const { miniBatch, code, message, traceback, tries } = failure;
  const head = `Mini-batch ${miniBatch}, ${filesText(failure)}, ${tries} ${tries === 1 ? 'try' : 'tries'}: ${code}: ${message}`;
  return traceback === undefined ? `${head}\n` : `${head}\n${indented(traceback)}\n`;
}

/** The failed files in a few words, on one line whatever their names are. */
export function filesText({ files, failed }: { files: readonly string[]; failed: number }): string {
  const named = files.slice(0, 3).map(printable).join(', ');
  const more = Math.max(files.length, failed) - Math.min(3, files.length);
  return more > 0 ? `${failed} files (${named} and ${more} more)` : named;
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
