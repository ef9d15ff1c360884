import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobPrefix } from '../jobs/jobKeys';
import { csvField } from '../outputs/csvField';
import { jobFileNames, jobFilesPrefix } from '../outputs/jobFiles';
import { LogFiles } from '../outputs/logFiles';
import type { BlobStore } from '../stores/blobStore';
import { NamedFiles } from './namedFiles';

const header = 'file,type\n';

/** The files that a job leaves out as its model cannot score them, and the list of them among the files of the job. */
export class SkippedFiles {
  readonly files = new NamedFiles();
  /** The one that came first. */
  first: string | undefined;
  private readonly lists: LogFiles;

  /** `folder` is for the list while it grows. */
  constructor(private readonly folder: string) {
    this.lists = new LogFiles(folder);
  }

  async add(path: string, type: string): Promise<void> {
    if (this.files.count === 0) await this.lists.add(jobFileNames.skippedFiles, header);
    this.first ??= path;
    this.files.add(path);
    await this.lists.add(jobFileNames.skippedFiles, `${csvField(path)},${csvField(type)}\n`);
  }

  /** Leaves the list to an attempt at planning; answers its bytes. */
  async stage(blobs: BlobStore, job: string, attempt: string): Promise<number> {
    const [list] = await this.lists.finish();
    if (list === undefined) return 0;
    return (await blobs.stage(skippedName(job, attempt), join(this.folder, list[0]))).size;
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Makes the list that an attempt at planning has left a file of the job. Done again, it changes nothing. */
export async function publishSkipped(
  blobs: BlobStore,
  job: string,
  { attempt, bytes }: { attempt: string; bytes: number },
): Promise<void> {
  const name = `${jobFilesPrefix(job)}${jobFileNames.skippedFiles}`;
  await blobs.commit(name, [{ store: blobs, name: skippedName(job, attempt), size: bytes }], { attempt });
}

/** The list of skipped files that an attempt at planning leaves. */
export function skippedName(job: string, attempt: string): string {
  return `${jobPrefix(job)}manifest/${attempt}/skipped.csv`;
}
