import { failure, isFailure } from '../errors/batchpointError';
import type { Job } from '../jobs/jobStore';
import { checkBlobName } from '../stores/blobName';
import type { BlobStore } from '../stores/blobStore';
import { readPiece, type ByteSpan, type FilePiece } from '../stores/filePiece';
import type { Destinations } from './destinations';
import { jobFilesPrefix } from './jobFiles';

/** A file of a job: its name below the job, and its bytes. */
export interface JobFile {
  readonly name: string;
  readonly size: number;
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
    for (const [shown, name, store] of await this.output(job)) {
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
      const found = (await this.output(job)).find(([shown]) => shown === file);
      if (found === undefined) throw failure('JobFileMissing', { job: job.spec.name, file });
      return { store: found[2], name: found[1] };
    }
    return { store: this.blobs, name: `${jobFilesPrefix(job.spec.key)}${file}` };
  }

  /** The committed files of a job: how they are shown, and what they are called where they lie. */
  private async output({ spec, run }: Job): Promise<[shown: string, name: string, store: BlobStore][]> {
    if (run.result === undefined) return [];
    const place = await this.destinations.open(spec.output).catch((error: unknown) => {
      // Its datastore was deleted since: the logs of the job are there all the same.
      if (isFailure(error, 'ResourceNotFound')) return undefined;
      throw error;
    });
    if (place === undefined) return [];
    const { store, name, folder } = place;
    const written = run.result.scriptFiles.map((path): [string, string, BlobStore] => [
      `${outputFolder}${path}`,
      `${folder}${path}`,
      store,
    ]);
    if (run.result.outputUri === undefined) return written;
    return [...written, [`${outputFolder}${spec.output.fileName}`, name, store]];
  }
}
