import { spawn, type StdioOptions } from 'node:child_process';
import type { Interruption } from './interruption';

/** A program that did not do what it was run for. It has told why itself. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/** Runs programs one after the other, in this terminal. */
export class Programs {
  constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly interruption: Interruption,
  ) {}

  /** Runs a program that shows what it prints. Fails with `ProgramFailed`, or `Interrupted` after Ctrl-C. */
  async show(program: string, args: readonly string[]): Promise<void> {
    await this.run(program, args, 'inherit');
  }

  /** Runs a program and answers what it prints on standard output. */
  async read(program: string, args: readonly string[]): Promise<string> {
    return this.run(program, args, ['inherit', 'pipe', 'inherit']);
  }

  private async run(program: string, args: readonly string[], stdio: StdioOptions): Promise<string> {
    this.interruption.check();
    const child = spawn(program, args, { env: this.environment, stdio });
    const tellOn = (): void => {
      if (this.interruption.hasToBeToldOn) child.kill('SIGTERM');
    };
    this.interruption.signal.addEventListener('abort', tellOn);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
      });
      this.interruption.check();
      if (code === 0) return output;
      throw new ProgramFailed(`The command above ended with ${code === null ? 'a signal' : `code ${code}`}.`);
    } finally {
      this.interruption.signal.removeEventListener('abort', tellOn);
    }
  }
}
