import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of the workers of this process, one for each, with what its script writes. */
export class WorkerFolders {
  private count = 0;

  /** `scratch` is the folder of this process alone. */
  constructor(private readonly scratch: string) {}

  /** Makes the folder of a new worker; the folder `output` in it is for files of the script. */
  async make(): Promise<string> {
    const folder = join(this.scratch, 'workers', String(this.count++));
    await mkdir(join(folder, 'output'), { recursive: true });
    return folder;
  }

  remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }
}
