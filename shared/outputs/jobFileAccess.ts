import { buffer } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import type { Job } from '../jobs/jobStore';
import { checkBlobName } from '../stores/blobName';
import type { BlobStore } from '../stores/blobStore';
import type { Destinations } from './destinations';
import { jobFilesPrefix } from './jobFiles';

/** A file of a job: its name below the job, and its bytes. */
export interface JobFile {
  readonly name: string;
  readonly size: number;
}

/** A stretch of a file. */
export interface FilePiece {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly size: number;
}

/** Bytes from one place on, up to and with another one where that is said; or the last ones of a file. */
export type ByteRange = { readonly from: number; readonly to?: number } | { readonly last: number };

/** The folder, among the files of a job, that its output is shown under: the name of the job's output in Azure. */
export const outputFolder = 'named-outputs/score/';

/** The most bytes that one answer carries; clients ask for a long file piece by piece. */
export const mostBytes = 8 * 1024 * 1024;

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
  async read(job: Job, file: string, range: ByteRange = { from: 0 }): Promise<FilePiece> {
    const { store, name } = await this.find(job, file);
    const present = await store.stat(name);
    if (present === undefined) throw failure('JobFileMissing', { job: job.spec.name, file });
    const { size } = present;
    const { offset, length } = placeOf(range, size);
    const wanted = Math.min(length, mostBytes);
    const bytes =
      wanted === 0 ? Buffer.alloc(0) : await buffer(await store.read(name, { offset, length: wanted }));
    return { bytes, offset, size };
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
    const { store, name, folder } = await this.destinations.open(spec.output);
    const written = run.result.scriptFiles.map((path): [string, string, BlobStore] => [
      `${outputFolder}${path}`,
      `${folder}${path}`,
      store,
    ]);
    if (run.result.outputUri === undefined) return written;
    return [...written, [`${outputFolder}${spec.output.fileName}`, name, store]];
  }
}

function placeOf(range: ByteRange, size: number): { offset: number; length: number } {
  if ('last' in range) {
    const length = Math.min(range.last, size);
    if (range.last === 0) throw failure('RangeInvalid', { range: '-0', size });
    return { offset: size - length, length };
  }
  const { from, to = size - 1 } = range;
  // Whoever reads piece by piece asks for a first one before knowing that there is nothing in the file.
  const isWhole = from === 0 && (range.to === undefined || size === 0);
  if (!isWhole && (from >= size || to < from))
    throw failure('RangeInvalid', { range: `${from}-${range.to ?? ''}`, size });
  return { offset: from, length: Math.min(to, size - 1) - from + 1 };
}
