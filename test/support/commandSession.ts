import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { CommandLine, note, program, type Finished } from './commandLine';

/** A process that runs commands. */
interface Session {
  readonly child: ChildProcessWithoutNullStreams;
  /** How commands ended, a line for each. */
  readonly answers: Interface;
  /** Fails when the process ends. */
  readonly ended: Promise<never>;
}

/**
 * The command line, of which all commands run in one process: a test of many of them takes half of the time that it takes to
 * start Node for each.
 */
export class CommandSession extends CommandLine {
  private session: Session | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** Runs a command to its end, after those before it. */
  override run(args: readonly string[]): Promise<Finished> {
    const finished = this.last.then(() => this.ask(args));
    this.last = finished.catch(() => undefined);
    note(args, this.folder, finished);
    return finished;
  }

  override async close(): Promise<void> {
    this.session?.child.kill('SIGKILL');
    await super.close();
  }

  private async ask(args: readonly string[]): Promise<Finished> {
    this.session ??= this.open();
    const { child, answers, ended } = this.session;
    const answered = once(answers, 'line') as Promise<[string]>;
    child.stdin.write(`${JSON.stringify(args)}\n`);
    const [line] = await Promise.race([answered, ended]);
    return JSON.parse(line) as Finished;
  }

  private open(): Session {
    const line = [join(__dirname, 'commandSession.js'), join(dirname(program), 'run.js')];
    const child = spawn(process.execPath, line, { cwd: this.folder, env: this.environment({}) });
    // It may end before it has read all of its input.
    child.stdin.on('error', () => undefined);
    const ended = once(child, 'close').then(() => {
      throw new Error('The process of the session has ended.');
    });
    // Where no command waits for it, this is how a session is closed.
    ended.catch(() => undefined);
    return { child, answers: createInterface({ input: child.stdout }), ended };
  }
}
