import { failure, isFailure } from '../errors/batchpointError';
import type { Job } from '../jobs/jobStore';
import { checkBlobName } from '../stores/blobName';
import type { BlobStore } from '../stores/blobStore';
import { readPiece, type ByteSpan, type FilePiece } from '../stores/filePiece';
import type { Destinations } from './destinations';
import { jobFilesPrefix } from './jobFiles';
import { listedScriptFiles } from './scriptFileList';

/** A file of a job: its name below the job, and its bytes. */
export interface JobFile {
  readonly name: string;
  readonly size: number;
}

/** A committed file: how it is shown, and what it is called where it lies. */
interface CommittedFile {
  readonly shown: string;
  readonly name: string;
  readonly store: BlobStore;
}

/** The folder, among the files of a job, that its output is shown under: the name of the job's output in Azure. */
export const outputFolder = 'named-outputs/score/';

/** Gives the files of jobs: logs, lists, and the output itself wherever it lies. */
export class JobFiles {
  constructor(
    private readonly blobs: BlobStore,
    private readonly destinations: Destinations,
  ) {}

  /** All files of a job. */
  async list(job: Job): Promise<JobFile[]> {
    const prefix = jobFilesPrefix(job.spec.key);
    const files: JobFile[] = [];
    for await (const page of this.blobs.list(prefix)) {
      files.push(...page.map(({ name, size }) => ({ name: name.slice(prefix.length), size })));
    }
    for await (const { shown, name, store } of this.output(job)) {
      const present = await store.stat(name);
      if (present !== undefined) files.push({ name: shown, size: present.size });
    }
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * A range of a file, or all of it, at most `mostBytes` bytes. Fails with `JobFileMissing`, `RangeInvalid`,
   * `BlobNameInvalid`.
   */
  async read(job: Job, file: string, range: ByteSpan = { from: 0 }): Promise<FilePiece> {
    const { store, name } = await this.find(job, file);
    const piece = await readPiece(store, name, range);
    if (piece === undefined) throw failure('JobFileMissing', { job: job.spec.name, file });
    return piece;
  }

  private async find(job: Job, file: string): Promise<{ store: BlobStore; name: string }> {
    checkBlobName(file);
    if (file.startsWith(outputFolder)) {
      for await (const found of this.output(job)) if (found.shown === file) return found;
      throw failure('JobFileMissing', { job: job.spec.name, file });
    }
    return { store: this.blobs, name: `${jobFilesPrefix(job.spec.key)}${file}` };
  }

  /** The committed files of a job. */
  private async *output({ spec, run }: Job): AsyncGenerator<CommittedFile> {
    if (run.result === undefined) return;
    const place = await this.destinations.open(spec.output).catch((error: unknown) => {
      // Its datastore was deleted since: the logs of the job are there all the same.
      if (isFailure(error, 'ResourceNotFound')) return undefined;
      throw error;
    });
    if (place === undefined) return;
    const { store, name, folder } = place;
    if (run.result.outputUri !== undefined)
      yield { shown: `${outputFolder}${spec.output.fileName}`, name, store };
    for await (const path of listedScriptFiles(this.blobs, spec.key, run.result))
      yield { shown: `${outputFolder}${path}`, name: `${folder}${path}`, store };
  }
}
