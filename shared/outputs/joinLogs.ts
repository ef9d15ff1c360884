import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobPrefix } from '../jobs/jobKeys';
import type { JobSpec } from '../jobs/jobSpec';
import type { PartKind } from '../planning/claimRow';
import { changedFilesHeader, reportHeader } from '../scoring/claimLog';
import { bytesOf } from '../stores/ownCommit';
import type { BlobStore, StagedParts } from '../stores/blobStore';
import { failedFileRows, failedFilesHeader, failureLines, failureText } from './failureTexts';
import { jobFileNames, jobFilesPrefix, partialFolder, workerLogNames } from './jobFiles';
import { LogFiles } from './logFiles';
import type { Outcomes } from './outcomes';
import { outputParts, type FormContext } from './outputParts';
import { PartGroups, type Piece } from './partGroups';
import { joinedLists } from './partLists';

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
  const { blobs, scratch } = context;
  const logs = await PartGroups.gather(blobs, printed(outcomes), scratch);
  try {
    for (const { file, parts } of logs) await joinParts(blobs, job, file, parts);
  } finally {
    await logs.close();
  }
  await joinLines(context, job, 'report', { file: jobFileNames.report, header: reportHeader }, outcomes);
  if (outcomes.parts(blobs, 'changes').bytes > 0) {
    const list = { file: jobFileNames.changedFiles, header: changedFilesHeader };
    await joinLines(context, job, 'changes', list, outcomes);
  }
  if (outcomes.parts(blobs, 'failures').bytes > 0) await writeFailures(context, job, outcomes);
}

/** What workers have printed, each stream of each worker in a file of its own. */
async function* printed(outcomes: Outcomes): AsyncGenerator<Piece> {
  for (const stream of ['stdout', 'stderr'] as const) {
    for await (const claim of outcomes.with(stream)) {
      const { worker, parts } = claim.outcome;
      const file = workerLogNames[stream](worker);
      yield { file, part: outcomes.name(claim, stream), size: parts[stream] ?? 0 };
    }
  }
}

/** Puts the rows of a job that was stopped together where they can be looked at. */
export async function keepPartialRows(
  context: FormContext,
  { key, output, settings }: JobSpec,
  outcomes: Outcomes,
): Promise<void> {
  const { blobs } = context;
  if (outcomes.parts(blobs, 'rows').bytes === 0) return;
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
  await joinParts(blobs, job, file, joinedLists([head], outcomes.parts(blobs, kind)));
}

/** One file of the job from parts in their order; no file where there are none. */
async function joinParts(blobs: BlobStore, job: string, file: string, parts: StagedParts): Promise<void> {
  if (bytesOf(parts) === 0) return;
  const name = `${jobFilesPrefix(job)}${file}`;
  const hash = createHash('sha256');
  for await (const part of parts) hash.update(`${part.name}:${part.size}\n`);
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
    await rm(folder, { recursive: true, force: true });
  }
}
