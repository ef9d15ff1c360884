import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobPrefix } from '../jobs/jobKeys';
import type { JobSpec } from '../jobs/jobSpec';
import type { PartKind } from '../planning/claimRow';
import { changedFilesHeader, reportHeader } from '../scoring/claimLog';
import type { BlobStore, StagedPart } from '../stores/blobStore';
import { failedFileRows, failedFilesHeader, failureLines, failureText } from './failureTexts';
import { jobFileNames, jobFilesPrefix, partialFolder, workerLogNames } from './jobFiles';
import { LogFiles } from './logFiles';
import type { Outcomes } from './outcomes';
import { outputParts, type FormContext } from './outputParts';

/** What the files of a job are made with. */
export interface JoinContext {
  readonly blobs: BlobStore;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
}

/**
 * Makes the files of a job from what its claims have left: what each worker printed, the report of all
 * mini-batches, the failures. Done again, it makes the same files.
 */
export async function joinLogs(context: JoinContext, job: string, outcomes: Outcomes): Promise<void> {
  const { blobs } = context;
  for (const worker of outcomes.workers) {
    await joinParts(blobs, job, workerLogNames.stdout(worker), outcomes.parts(blobs, 'stdout', worker));
    await joinParts(blobs, job, workerLogNames.stderr(worker), outcomes.parts(blobs, 'stderr', worker));
  }
  await joinLines(context, job, 'report', { file: jobFileNames.report, header: reportHeader }, outcomes);
  if (outcomes.parts(blobs, 'changes').length > 0) {
    const list = { file: jobFileNames.changedFiles, header: changedFilesHeader };
    await joinLines(context, job, 'changes', list, outcomes);
  }
  if (outcomes.parts(blobs, 'failures').length > 0) await writeFailures(context, job, outcomes);
}

/** Puts the rows of a job that was stopped together where they can be looked at. */
export async function keepPartialRows(
  context: FormContext,
  { key, output, settings }: JobSpec,
  outcomes: Outcomes,
): Promise<void> {
  const { blobs } = context;
  if (outcomes.parts(blobs, 'rows').length === 0) return;
  const parts = await outputParts(context, { key, settings }, outcomes, { lenient: true });
  await joinParts(blobs, key, `${partialFolder}${output.fileName}`, parts);
}

/** One file of the job from the lines that its claims have left, below a header. */
async function joinLines(
  { blobs }: JoinContext,
  job: string,
  kind: PartKind,
  { file, header }: { readonly file: string; readonly header: string },
  outcomes: Outcomes,
): Promise<void> {
  // Beside the files of the job, and never removed: somebody else may be at the same file.
  const name = `${jobPrefix(job)}${kind}-header`;
  await blobs.write(name, header);
  const head = { store: blobs, name, size: Buffer.byteLength(header) };
  await joinParts(blobs, job, file, [head, ...outcomes.parts(blobs, kind)]);
}

/** One file of the job from parts in their order; no file where there are none. */
async function joinParts(
  blobs: BlobStore,
  job: string,
  file: string,
  parts: readonly StagedPart[],
): Promise<void> {
  if (parts.length === 0) return;
  const name = `${jobFilesPrefix(job)}${file}`;
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.name}:${part.size}\n`);
  const digest = hash.digest('hex');
  const present = await blobs.stat(name);
  if (present?.metadata['digest'] === digest) return;
  if (present !== undefined) await blobs.remove(name);
  await blobs.commit(name, parts, { digest });
}

/** Writes the list of failed files, and the tracebacks of each worker, as they stream by. */
async function writeFailures(
  { blobs, scratch }: JoinContext,
  job: string,
  outcomes: Outcomes,
): Promise<void> {
  const folder = join(scratch, `logs-${randomUUID()}`);
  const texts = new LogFiles(folder);
  try {
    await texts.add(jobFileNames.failedFiles, failedFilesHeader);
    for await (const line of failureLines(blobs, outcomes)) {
      await texts.add(jobFileNames.failedFiles, failedFileRows(line));
      await texts.add(workerLogNames.error(line.worker), failureText(line));
    }
    for (const [file, path] of await texts.finish()) await blobs.stage(`${jobFilesPrefix(job)}${file}`, path);
  } finally {
    await texts.close();
    await rm(folder, { recursive: true, force: true });
  }
}
