import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keysOfFile, recordUse, runningTest } from './recordUse';

export const packageRoot = join(__dirname, '../..');
export const program = join(packageRoot, 'dist/cli/main.js');

/** How a command ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has written so far. */
  readonly written: () => string;
  /** Waits until it has written something; fails when it ends without it. */
  readonly until: (pattern: RegExp) => Promise<void>;
  readonly finished: Promise<Finished>;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What comes from standard input, which is a pipe. */
  readonly input?: string;
  /** Another Node than that of the tests. */
  readonly node?: string;
  /** Another program than the command line, as its main file. */
  readonly main?: string;
}

/** A folder with a state folder in it, and the real command line to work with them. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'batchpoint cli '));
  readonly state = join(this.folder, '.batchpoint');
  private readonly others: number[] = [];

  /** `settings` are environment variables of all commands, and so of the host that they start. */
  constructor(private readonly settings: NodeJS.ProcessEnv = {}) {}

  /** Runs a command to its end. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    const running = this.start(args, options);
    running.child.stdin.end(options.input ?? '');
    return running.finished;
  }

  /** Runs a command that has to succeed, and answers its output as JSON. */
  async json<T = Record<string, unknown>>(args: readonly string[], options: RunOptions = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  start(
    args: readonly string[],
    { env = {}, cwd = this.folder, node = process.execPath, main = program }: RunOptions = {},
  ): Running {
    const running = watch(spawn(node, [main, ...args], { cwd, env: this.environment(env) }));
    if (main === program) note(args, cwd, running.finished);
    return running;
  }

  /** Runs a command in a terminal of its own, so many columns wide. */
  inTerminal(args: readonly string[], columns = 100, main = program): Running {
    return this.programInTerminal([process.execPath, main, ...args], columns);
  }

  /** Runs another program in a terminal of its own. */
  programInTerminal(line: readonly string[], columns: number, env: NodeJS.ProcessEnv = {}): Running {
    const args = [join(__dirname, 'pseudoTerminal.py'), String(columns), ...line];
    return watch(spawn('python3', args, { cwd: this.folder, env: this.environment(env) }));
  }

  /** Puts the command line where a shell finds it by its name, and answers the folder for its PATH. */
  installed(name = 'batchpoint'): string {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
    chmodSync(this.file(`bin/${name}`, script), 0o755);
    return join(this.folder, 'bin');
  }

  /** Writes a file below the folder, and answers its path. */
  file(path: string, content: string | Buffer): string {
    const full = join(this.folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  /** What the host of the state folder says of itself. */
  hostInfo(state = this.state): { readonly pid: number; readonly url: string } | undefined {
    try {
      return JSON.parse(readFileSync(join(state, 'host-info.json'), 'utf8')) as { pid: number; url: string };
    } catch {
      return undefined;
    }
  }

  /** Kills the host as a crash would, and waits until it is gone. */
  async killHost(state = this.state): Promise<void> {
    const info = this.hostInfo(state);
    if (info !== undefined) await kill(info.pid);
  }

  /** A further process to be ended with the rest. */
  alsoEnd(pid: number | undefined): void {
    if (pid !== undefined) this.others.push(pid);
  }

  /** Ends the host and removes the folder. */
  async close(): Promise<void> {
    await this.killHost();
    for (const pid of this.others) await kill(pid);
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const {
      NODE_OPTIONS: _options,
      BATCHPOINT_HOST: _host,
      DISPLAY: _x,
      WAYLAND_DISPLAY: _w,
      ...rest
    } = process.env;
    return {
      ...rest,
      BATCHPOINT_STATE: this.state,
      BATCHPOINT_IDLE_SECONDS: '30',
      ...this.settings,
      ...more,
    };
  }
}

/** Notes what the test that runs now uses of the command line, and how that went. */
export function note(args: readonly string[], cwd: string, finished: Promise<Finished>): void {
  const test = runningTest();
  const keys = keysOfFile(args, cwd);
  void finished.then(
    ({ code }) => recordUse({ kind: 'command', what: args, keys, succeeded: code === 0 }, test),
    () => undefined,
  );
}

/** Ends a process at once and waits until it is gone. */
export async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
    while (process.kill(pid, 0)) await wait(5);
  } catch {
    // It is gone.
  }
}

function watch(child: ChildProcessWithoutNullStreams): Running {
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  const heard = (): void => listeners.forEach((listener) => listener());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  // A command may end before it has read all of its input.
  child.stdin.on('error', () => undefined);
  let ended = false;
  const finished = once(child, 'close').then(([code]): Finished => {
    ended = true;
    heard();
    return { code: code as number | null, stdout, stderr };
  });
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(stdout + stderr)) resolve();
        else if (ended) reject(new Error(`it ended without ${String(pattern)}: ${stdout}${stderr}`));
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  return { child, written: () => stdout + stderr, until, finished };
}
