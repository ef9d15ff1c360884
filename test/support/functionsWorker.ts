import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './hostApp';
import { activityTrigger, type HostInput, type HttpAnswer, type TypedData } from './functionsHostInputs';

/** A function as the app registers it. */
export interface RegisteredFunction {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly retryOptions?: unknown;
  /** How often this very name was registered. */
  readonly times: number;
}

/** What a function has answered, as the programming model hands it to a host. */
export interface FunctionAnswer {
  readonly response: { readonly returnValue?: TypedData | null };
  readonly logged: readonly string[];
}

/** What of a worker was loaded so far. */
export interface LoadedModules {
  /** Files relative to the folder of the app. */
  readonly files: readonly string[];
  readonly builtins: readonly string[];
}

type Message = {
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  readonly registered?: readonly RegisteredFunction[];
};

/** The folder of the app: this file is run from its source, or compiled below `dist`. */
const projectRoot =
  [join(__dirname, '../..'), join(__dirname, '../../..')].find((folder) =>
    existsSync(join(folder, 'host.json')),
  ) ?? '.';
const processFile = join(projectRoot, 'test/support/functionsWorkerProcess.js');

/**
 * The compiled app in a worker process as the Functions host has one: no embedded host, no SQLite, and of the
 * environment only what is given.
 */
export class FunctionsWorker {
  private readonly waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  private last = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly functions: readonly RegisteredFunction[],
  ) {
    child.on('message', (message: Message) => this.take(message));
    child.on('exit', () => this.failAll(new Error('The worker process has ended.')));
  }

  /** Starts a worker on the app in `root`. Fails with what it printed where the app does not load. */
  static async start(settings: NodeJS.ProcessEnv = {}, root = projectRoot): Promise<FunctionsWorker> {
    const child = fork(processFile, [root], {
      // Links are followed as if the files lay here: what a copy of the app needs has to lie beside the copy.
      execArgv: ['--no-experimental-sqlite', '--preserve-symlinks'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: makeFolder(), ...settings },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    let printed = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const ended = once(child, 'exit').then(() => undefined);
    const first = (await Promise.race([once(child, 'message'), ended]))?.[0] as Message | undefined;
    if (first?.registered === undefined) throw new Error(`The app did not load: ${printed}`);
    return new FunctionsWorker(child, first.registered);
  }

  /** Runs a function with inputs as a host sends them. What it throws is thrown here, by its message. */
  invoke(name: string, input: HostInput): Promise<FunctionAnswer> {
    return this.ask('invoke', { name, ...input }) as Promise<FunctionAnswer>;
  }

  /** Runs an activity, and answers what an orchestrator would get. */
  async activity(name: string, input: object): Promise<unknown> {
    const { response } = await this.invoke(name, activityTrigger(this.trigger(name), input));
    return valueOf(response.returnValue);
  }

  /** Runs an HTTP function. */
  async http(name: string, input: HostInput): Promise<HttpAnswer> {
    const { response } = await this.invoke(name, input);
    return response.returnValue?.http as HttpAnswer;
  }

  /** The name of the binding that triggers a function. */
  trigger(name: string): string {
    return this.binding(name, /Trigger$/);
  }

  /** The name of the binding whose type fits. */
  binding(name: string, type: RegExp): string {
    const bindings = this.functions.find((one) => one.name === name)?.bindings ?? {};
    const found = Object.entries(bindings).find(([, binding]) => type.test(String(binding['type'])));
    if (found === undefined)
      throw new Error(`The function '${name}' has no binding of type ${String(type)}.`);
    return found[0];
  }

  modules(): Promise<LoadedModules> {
    return this.ask('modules') as Promise<LoadedModules>;
  }

  /** Stops the process where it is, as a machine that hangs does; its scorers wait for it. */
  suspend(): void {
    this.child.kill('SIGSTOP');
  }

  /** Lets a process that was stopped go on. */
  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Ends the process as a crash does. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private ask(call: string, given?: object): Promise<unknown> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, call, given });
    });
  }

  private take({ id, value, error }: Message): void {
    const waiting = this.waiting.get(id ?? 0);
    this.waiting.delete(id ?? 0);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(Object.assign(new Error(error.message), { name: error.name }));
  }

  private failAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

function valueOf(data: TypedData | null | undefined): unknown {
  if (typeof data?.json === 'string') return JSON.parse(data.json) as unknown;
  return data?.string;
}
