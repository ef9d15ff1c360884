import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that stands for a machine: with its programs in `bin`, and its home. */
export class MachineOfPythons {
  readonly folder = mkdtempSync(join(tmpdir(), 'batchpoint-machine-'));

  /** The variables of the machine, on which no other programs than its own are found. */
  get variables(): NodeJS.ProcessEnv {
    const own = { PATH: join(this.folder, 'bin'), HOME: this.folder };
    return { ...process.env, ...own, PYENV_ROOT: '', CONDA_EXE: '', MAMBA_EXE: '' };
  }

  /** A program that does what a shell script says. Its path starts from the folder. */
  program(path: string, script: string): string {
    const full = join(this.folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, `#!/bin/sh\n${script}\n`);
    chmodSync(full, 0o755);
    return full;
  }

  /** An interpreter that says that it has a version, and can nothing else. */
  python(path: string, version: string): string {
    return this.program(path, `echo '["${join(this.folder, path)}", "${version}", null]'`);
  }

  /** The real Python of the tests, by its own path. */
  static get realPython(): string {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  }

  /** What a program of the folder has written down. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
