import type { ErrorCode } from '../errors/catalogue';
import { changesNamed, failuresKept, type FailureSummary } from '../jobs/jobRun';
import { csvField } from '../outputs/csvField';
import type { FileChange } from './fileChanges';

/** Why a mini-batch, or files of it, failed: one line of JSON in the claim's failures. */
export interface FailureLine {
  readonly miniBatch: number;
  /** The files that failed; where `failed` is less than their number, which of them cannot be told. */
  readonly files: readonly string[];
  readonly failed: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly exception?: string;
  /** The end of the traceback. */
  readonly traceback?: string;
  readonly tries: number;
  readonly worker: string;
}

/** One mini-batch of the job report. */
export interface ReportLine {
  readonly miniBatch: number;
  readonly result: 'succeeded' | 'partial' | 'failed';
  readonly files: number;
  readonly failedFiles: number;
  readonly rows: number;
  readonly tries: number;
  readonly worker: string;
  readonly seconds: number;
  readonly error: string;
}

/** A file that changed after it was listed: one line of the list of changed files. */
export interface ChangeLine extends Pick<FileChange, 'noticed' | 'version'> {
  readonly miniBatch: number;
  readonly file: string;
}

/** Failures of a claim that are kept with their tracebacks. */
const tracebacksKept = 20;

/** Files that the summary of a failure names. */
const filesNamed = 10;

/** The header of `processed_mini-batches.csv`. */
export const reportHeader =
  'mini_batch,result,files,failed_files,rows,tries,node,process,elapsed_seconds,error\n';

/** The header of `changed_files.csv`. */
export const changedFilesHeader = 'file,mini_batch,changed,version\n';

const noticedTexts = { before: 'before it was scored', while: 'while it was scored' } as const;

/** What a claim tells of its mini-batches, as it goes into the store with the claim's rows. */
export class ClaimLog {
  private readonly reportLines: string[] = [];
  private readonly failureLines: string[] = [];
  private readonly changeLines: string[] = [];
  private tracebacks = 0;
  /** The first failures, for the record of the job. */
  readonly summaries: FailureSummary[] = [];
  /** The first files that changed, for the record of the job. */
  readonly changed: string[] = [];

  report(line: ReportLine): void {
    const [node = '', process = ''] = line.worker.split('/');
    const { miniBatch, result, files, failedFiles, rows, tries, error } = line;
    const fields = [
      miniBatch,
      result,
      files,
      failedFiles,
      rows,
      tries,
      node,
      process,
      line.seconds.toFixed(6),
      error,
    ];
    this.reportLines.push(`${fields.join(',')}\n`);
  }

  fail(line: FailureLine): void {
    if (this.summaries.length < failuresKept) this.summaries.push(summaryOf(line));
    // A script that fails on every file has one fault: its traceback is told often enough.
    const { traceback, ...rest } = line;
    const told = traceback === undefined || this.tracebacks++ >= tracebacksKept ? rest : line;
    this.failureLines.push(`${JSON.stringify(told)}\n`);
  }

  change({ miniBatch, file, noticed, version }: ChangeLine): void {
    if (this.changed.length < changesNamed) this.changed.push(file);
    this.changeLines.push(`${[file, miniBatch, noticedTexts[noticed], version].map(csvField).join(',')}\n`);
  }

  get reportText(): string {
    return this.reportLines.join('');
  }

  get changesText(): string {
    return this.changeLines.join('');
  }

  get failuresText(): string {
    return this.failureLines.join('');
  }
}

function summaryOf({ worker, files, ...line }: FailureLine): FailureSummary {
  return { ...line, files: files.slice(0, filesNamed) };
}
