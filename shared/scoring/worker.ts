import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Duplex, Readable } from 'node:stream';
import { failure } from '../errors/batchpointError';
import { ControlLines } from './controlLines';
import { workerMemoryWatch } from './memoryWatch';
import { MessageQueue } from './messageQueue';
import { readOomKills } from './oomKills';
import { OutputCapture } from './outputCapture';
import { killGroup } from './processRecords';
import { deathFault, deathOf, type WorkerDeath } from './workerDeath';
import type { HostMessage, WorkerMessage, WorkerSetup } from './workerMessages';
import type { WorkerProgram } from './workerProgram';

/** How a worker is started. */
export interface WorkerStart {
  readonly program: WorkerProgram;
  readonly setup: WorkerSetup;
  /** All variables of the process. */
  readonly variables: Readonly<Record<string, string>>;
  /** Seconds that loading the script and `init()` may take. */
  readonly initSeconds: number;
  /** Names the worker in logs: `<node>/<process>`. */
  readonly name: string;
  /** Who sees at once what it prints. */
  readonly echo?: Echo;
  /** Mebibytes of memory that it may hold with all that it starts; without, nothing is watched. */
  readonly memory?: number;
}

/** Takes what is printed, as it comes. */
export type Echo = (stream: 'stdout' | 'stderr', bytes: Buffer) => void;

/** What a worker has to say next: a message, its end, or nothing in time. */
export type WorkerEvent =
  | { readonly kind: 'message'; readonly message: WorkerMessage }
  | ({ readonly kind: 'died' } & WorkerDeath)
  | { readonly kind: 'silent' };

/** How a process ended that was ended for what came through its control pipe. */
export const outOfTurn =
  'it was ended, as something wrote to the pipe to the host, a descriptor that the script has not opened';

/** How a process ended that was ended because its control pipe was at its end. */
const hungUp =
  'it was ended, as the script has closed the pipe to the host, a descriptor that it has not opened';

/** How long a process may still be there after the end of its control pipe. */
const hangUpMilliseconds = 1_000;

/** Warnings of a worker that are kept: a script can write any number of them into the pipe. */
const mostWarnings = 20;

/** Where the control pipe is among the descriptors of a worker. */
const controlDescriptor = 3;

/** A process that scores: started, ready after `init()`, and used for one claim at a time. */
export class Worker {
  readonly stdout: OutputCapture;
  readonly stderr: OutputCapture;
  private readonly events = new MessageQueue<WorkerEvent>();
  private readonly control: Duplex;
  private readonly closed: Promise<void>;
  private readonly lines = new ControlLines();
  private ended = false;
  private groupEnded = false;
  /** Whether it is being ended for what it did: nothing that it says counts any more. */
  private condemned = false;
  private oomKills = readOomKills();
  private unwatch: () => void = () => undefined;
  /** What the jobs that it scores are to warn of. */
  readonly warnings = new Set<string>();
  /** Seconds that loading the script and `init()` took. */
  initSeconds = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
    echo: Echo = () => undefined,
  ) {
    this.stdout = new OutputCapture(child.stdout as Readable, (bytes) => echo('stdout', bytes));
    this.stderr = new OutputCapture(child.stderr as Readable, (bytes) => echo('stderr', bytes));
    this.control = child.stdio[controlDescriptor] as Duplex;
    this.control.setEncoding('utf8');
    this.control.on('data', (text: string) => this.take(text));
    // Writing to a worker that has just died fails; that it died is told by its end.
    this.control.on('error', () => undefined);
    this.control.once('close', () => this.hangUp());
    // What the process leaves behind ends with it, now: later, its number may be that of somebody else's group.
    child.once('exit', () => {
      this.unwatch();
      this.killGroup();
      this.groupEnded = true;
    });
    this.closed = exited(child).then(({ code, signal }) => this.end(code, signal));
  }

  /**
   * Starts a worker and waits until it is ready; `undefined` when the signal is raised first. `started` is told its
   * process number at once. Fails with `PythonMissing`, `NodeMissing`, `InitFailed`, `InitExited`, `InitTimedOut`, `ScriptLacksRun`,
   * `OnnxModelUnusable`.
   */
  static async start(
    options: WorkerStart,
    started: (pid: number) => void,
    signal: AbortSignal,
  ): Promise<Worker | undefined> {
    const { program, variables } = options;
    const child = spawn(program.command, program.parameters, {
      // A session of its own makes the worker the head of a process group, so that all of it can be ended.
      detached: true,
      env: { ...variables, ...program.variables },
      // Nothing is ever said on the last one: a thread of a Node worker learns from its end that this process is gone.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(program.runtime === 'node' ? ['pipe' as const] : [])],
    });
    const worker = new Worker(child, options.name, options.echo);
    await spawned(child, program);
    if (child.pid !== undefined) started(child.pid);
    worker.limitMemory(options.memory);
    worker.write(options.setup);
    let ready = false;
    try {
      ready = await worker.untilReady(options, signal);
    } finally {
      if (!ready) await worker.kill();
    }
    return ready ? worker : undefined;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get alive(): boolean {
    return !this.ended && !this.condemned;
  }

  send(message: HostMessage): void {
    if (message[0] === 'begin') this.oomKills = readOomKills();
    this.write(message);
  }

  /** The next event; `silent` after so many milliseconds, or when the signal is raised. */
  async next(milliseconds: number, signal?: AbortSignal): Promise<WorkerEvent> {
    return (await this.events.next(milliseconds, signal)) ?? { kind: 'silent' };
  }

  /** Ends the claim that was begun: closes its rows, and takes out what was printed for it. */
  async endClaim(): Promise<{ stdout: Buffer; stderr: Buffer }> {
    const marker = `\u0000${randomUUID()}\u0000`;
    const printed = Promise.all([this.stdout.untilMarker(marker), this.stderr.untilMarker(marker)]);
    this.send(['end', marker]);
    await printed;
    const event = await this.next(10_000);
    if (event.kind !== 'message' || event.message[0] !== 'ended') await this.kill();
    return this.printed();
  }

  /** What the worker printed since the last time. */
  printed(): { stdout: Buffer; stderr: Buffer } {
    return { stdout: this.stdout.flush(), stderr: this.stderr.flush() };
  }

  /** Lets the script tidy up in `shutdown()`, for a few seconds, and ends the process. */
  async retire(): Promise<void> {
    if (this.alive) {
      this.send(['shutdown']);
      await this.next(3_000);
    }
    await this.kill();
  }

  /** Ends the process and all that it has started; resolves once it is gone. */
  async kill(): Promise<void> {
    this.killGroup();
    await this.closed;
  }

  private killGroup(): void {
    if (this.child.pid !== undefined && !this.groupEnded) killGroup(this.child.pid);
  }

  private write(message: HostMessage | WorkerSetup): void {
    if (this.control.writable) this.control.write(`${JSON.stringify(message)}\n`);
  }

  private take(text: string): void {
    if (this.condemned) return;
    try {
      for (const message of this.lines.take(text)) {
        if (message[0] !== 'warned') this.events.push({ kind: 'message', message });
        else if (this.warnings.size < mostWarnings) this.warnings.add(message[1]);
      }
    } catch {
      // Nothing that it says can be trusted any more, and nobody but the script can have brought that about.
      this.condemn({ how: outOfTurn });
    }
  }

  /** A script can close the pipe as well: a process that is still there then is of no use any more. */
  private hangUp(): void {
    const timer = setTimeout(() => this.condemn({ how: hungUp }), hangUpMilliseconds);
    this.child.once('exit', () => clearTimeout(timer));
  }

  private limitMemory(mebibytes: number | undefined): void {
    if (mebibytes === undefined || this.groupEnded) return;
    const limit = mebibytes * 2 ** 20;
    this.unwatch = workerMemoryWatch.add(this.pid, limit, (held) =>
      this.condemn({ how: 'it held too much memory', outOfMemory: { limit, held } }),
    );
  }

  private condemn(death: WorkerDeath): void {
    if (!this.alive) return;
    this.condemned = true;
    this.events.push({ kind: 'died', ...death });
    this.killGroup();
  }

  private end(code: number | null, signal: NodeJS.Signals | null): void {
    this.ended = true;
    if (this.condemned) return;
    this.events.push({ kind: 'died', ...deathOf(code, signal, this.oomKills) });
  }

  /** Waits for the end of `init()`; says whether it came before the signal. */
  private async untilReady({ initSeconds, setup }: WorkerStart, signal: AbortSignal): Promise<boolean> {
    const event = await this.next(initSeconds * 1000, signal);
    if (event.kind === 'silent' && signal.aborted) return false;
    if (event.kind === 'silent')
      throw failure('InitTimedOut', { seconds: initSeconds, lines: this.stderr.lastLines() || '(nothing)' });
    if (event.kind === 'died') throw deathFault(event, 'init()', this.stderr.lastLines());
    const { message } = event;
    if (message[0] === 'ready') {
      this.initSeconds = message[1];
      return true;
    }
    if (message[0] !== 'unready') throw failure('InitExited', { how: `message ${message[0]}`, lines: '' });
    const [, kind, exception, text, traceback] = message;
    if (kind === 'no-run') throw failure('ScriptLacksRun', { script: setup.script });
    const details = [{ code: 'Traceback', message: traceback }];
    if (kind === 'exited')
      throw failure('InitExited', { how: text, lines: this.stderr.lastLines() || '(nothing)' }, { details });
    if (setup.kind === 'onnx') throw failure('OnnxModelUnusable', { message: text });
    throw failure('InitFailed', { exception, message: text }, { details });
  }
}

/** How a process ended, told once its streams are read too, unless something it left behind holds them open. */
function exited(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), 300);
      child.once('close', () => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
}

function spawned(child: ChildProcess, { runtime, command }: WorkerProgram): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: Error & { code?: string }) => {
      const reason = error.code ?? error.message;
      reject(
        runtime === 'python'
          ? failure('PythonMissing', { python: command, reason }, { cause: error })
          : failure('NodeMissing', { node: command, reason }, { cause: error }),
      );
    });
  });
}
