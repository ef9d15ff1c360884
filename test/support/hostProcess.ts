import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { AppFolder } from './hostApp';

const hostMain = join(__dirname, '../../dist/local/main.js');
const running = new Set<HostProcess>();

// A test that breaks off must not leave processes behind.
process.on('exit', () => running.forEach((host) => host.child.kill('SIGKILL')));

/** A host in a process of its own, as users run it. */
export class HostProcess {
  /** What it has written to stderr: its log. */
  log = '';
  readonly exited: Promise<number | null>;
  private serving = '';
  private readonly listeners = new Set<() => void>();

  private constructor(readonly child: ChildProcess) {
    running.add(this);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.heard(text));
    this.exited = once(child, 'exit').then(([code]) => {
      running.delete(this);
      this.notify();
      return code as number | null;
    });
  }

  /** Runs a host without waiting for it. */
  static spawn(app: AppFolder, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): HostProcess {
    const all = [hostMain, '--app', app.root, '--state', app.state, ...args];
    const settings = { ...process.env, ...env };
    // What the test's own process was given must not reach the host.
    for (const name of ['WEBSITE_HOSTNAME', 'NODE_OPTIONS'])
      if (env[name] === undefined) delete settings[name];
    return new HostProcess(
      spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'pipe'], env: settings }),
    );
  }

  /** Runs a host and waits until it serves. */
  static async start(
    app: AppFolder,
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): Promise<HostProcess> {
    const host = HostProcess.spawn(app, args, env);
    await host.logged(/Serving \d+ functions at (\S+)\./);
    return host;
  }

  /** Where the host serves. */
  get url(): string {
    return this.serving;
  }

  /** Waits for a text in the log; fails when the host ends without it. */
  async logged(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.log)) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`The host ended with ${this.child.exitCode}: ${this.log}`);
      }
      await new Promise<void>((resolve) => this.listeners.add(resolve));
    }
  }

  /** Ends the process; without a signal it dies at once, as in a crash. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }

  private heard(text: string): void {
    this.log += text;
    this.serving = /Serving \d+ functions at (\S+)\./.exec(this.log)?.[1] ?? '';
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}

/** Ends all hosts that still run. */
export async function killHosts(): Promise<void> {
  await Promise.all([...running].map((host) => host.kill()));
}
