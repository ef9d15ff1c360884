import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of a few megabytes, which can be filled and emptied. */
export class SmallDisk {
  private readonly ballast: string;

  private constructor(readonly folder: string) {
    this.ballast = join(folder, 'ballast');
  }

  /** Mounts one. That takes the rights of root, or `sudo` that asks for no password. */
  static mount(megabytes: number): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-disk-'));
    asRoot('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'none', folder);
    return new SmallDisk(folder);
  }

  /** Fills it, but for so many bytes. */
  fill(left = 0): void {
    const { bsize, bavail } = statfsSync(this.folder);
    const bytes = bsize * bavail - left;
    try {
      if (bytes > 0) appendFileSync(this.ballast, Buffer.alloc(bytes));
    } catch (error) {
      // Somebody else was faster: then it is full too.
      if (!String(error).includes('ENOSPC')) throw error;
    }
  }

  /** Makes room again. */
  empty(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    asRoot('umount', '-l', this.folder);
    rmdirSync(this.folder);
  }
}

function asRoot(program: string, ...parameters: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const [command = '', ...rest] = isRoot ? [program, ...parameters] : ['sudo', '-n', program, ...parameters];
  execFileSync(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
}
