import { spawn } from 'node:child_process';
import type { Interruption } from './interruption';

/** A program that did not do what it was run for. It has told why itself. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/**
 * Milliseconds that a program has to end by itself: a terminal tells Ctrl-C to all that run in it, but other signals
 * reach the demo alone, and one that comes while a program is being started does not reach that.
 */
const patience = 500;

/** Runs programs one after the other, in this terminal. */
export class Programs {
  constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly interruption: Interruption,
  ) {}

  /** Runs a program that shows what it prints. Fails with `ProgramFailed`, or `Interrupted` after Ctrl-C. */
  async show(program: string, args: readonly string[]): Promise<void> {
    this.interruption.check();
    const child = spawn(program, args, { env: this.environment, stdio: 'inherit' });
    let telling: NodeJS.Timeout | undefined;
    const tellOn = (): void => {
      telling = setTimeout(() => child.kill('SIGTERM'), patience);
    };
    this.interruption.signal.addEventListener('abort', tellOn);
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
      });
      this.interruption.check();
      if (code === 0) return;
      throw new ProgramFailed(`The command above ended with ${code === null ? 'a signal' : `code ${code}`}.`);
    } finally {
      clearTimeout(telling);
      this.interruption.signal.removeEventListener('abort', tellOn);
    }
  }
}
