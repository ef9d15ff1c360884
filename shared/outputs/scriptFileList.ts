import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobPrefix } from '../jobs/jobKeys';
import type { JobResult } from '../jobs/jobRun';
import type { BlobStore } from '../stores/blobStore';
import { LogFiles } from './logFiles';
import { streamLines } from './streamLines';

/** Characters of names that the record of a job holds, as a row holds some hundred kilobytes. */
const mostCharacters = 50_000;

const fileName = 'script-files';

/** The names of the files that a script wrote: the first ones for the record of the job, and all of them as a blob. */
export class ScriptFileList {
  private readonly kept: string[] = [];
  private characters = 0;
  private more = 0;
  private readonly folder: string;
  private readonly texts: LogFiles;

  constructor(
    private readonly context: { readonly blobs: BlobStore; readonly scratch: string },
    private readonly job: string,
  ) {
    this.folder = join(context.scratch, `script-files-${randomUUID()}`);
    this.texts = new LogFiles(this.folder);
  }

  async add(file: string): Promise<void> {
    this.characters += file.length;
    if (this.characters <= mostCharacters) this.kept.push(file);
    else this.more++;
    await this.texts.add(fileName, `${JSON.stringify(file)}\n`);
  }

  /** Leaves the list in the store, where the record does not hold it. Done again, it leaves the same. */
  async finish(): Promise<Pick<JobResult, 'scriptFiles' | 'moreScriptFiles'>> {
    if (this.more === 0) return { scriptFiles: this.kept };
    for (const [, path] of await this.texts.finish())
      await this.context.blobs.stage(listName(this.job), path);
    return { scriptFiles: this.kept, moreScriptFiles: this.more };
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The files that the script of a job wrote, relative to the folder of its output. */
export async function* listedScriptFiles(
  blobs: BlobStore,
  job: string,
  { scriptFiles, moreScriptFiles = 0 }: JobResult,
): AsyncGenerator<string> {
  if (moreScriptFiles === 0) yield* scriptFiles;
  else
    for await (const line of streamLines(await blobs.read(listName(job)))) yield JSON.parse(line) as string;
}

function listName(job: string): string {
  return `${jobPrefix(job)}${fileName}`;
}
