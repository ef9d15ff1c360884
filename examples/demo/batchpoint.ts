import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Programs } from './programs';
import type { Screen } from './screen';

/** The command line of the product. Every command is shown before it is run, as a person would type it. */
export class Batchpoint {
  constructor(
    /** The main file of the command line. */
    readonly program: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly programs: Programs,
    private readonly screen: Screen,
  ) {}

  /** Runs a command that shows what it does. */
  async show(...args: string[]): Promise<void> {
    this.screen.command('batchpoint', args);
    await this.programs.show(process.execPath, [this.program, ...args]);
  }

  /** Whether a resource is there: asks without a word. */
  async has(...args: string[]): Promise<boolean> {
    try {
      await this.aside(...args, '-o', 'none');
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === notFound) return false;
      throw error;
    }
  }

  /** Runs a command that is no part of what is shown; also after Ctrl-C. */
  async aside(...args: string[]): Promise<string> {
    const options = { env: this.environment };
    return (await promisify(execFile)(process.execPath, [this.program, ...args], options)).stdout;
  }
}

/** The exit code of a command that did not find what was named. */
const notFound = 3;
