import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { CommandLine, program, type Running } from '../commandLine';
import { pythonWith } from '../pythonPackages';
import { recordUse, runningTest } from '../recordUse';

/** Milliseconds for the calls of a script: each waits for tokens, uploads and jobs, and packages may have to be installed. */
export const patience = 600_000;

/** The interpreter of an environment with the published package, as it is. */
export function azureMlPython(): Promise<string> {
  return pythonWith(['azure-ai-ml==1.35.2']);
}

/** What a call of the package that failed has left. */
export interface FailedCall {
  readonly error: string;
  readonly message: string;
}

/** A host that runs as the documentation says, and the package in the environment that its command tells. */
export class AzureMl {
  readonly commandLine = new CommandLine();
  private host: Running | undefined;
  private environment: Readonly<Record<string, string>> = {};

  async start(): Promise<void> {
    this.host = this.commandLine.start(['up', '--https-port', '0']);
    await this.host.until(/Batchpoint serves at/);
    this.environment = await this.commandLine.json<Record<string, string>>([
      'account',
      'client-environment',
      '-o',
      'json',
    ]);
  }

  async close(): Promise<void> {
    this.host?.child.kill('SIGINT');
    await this.host?.finished;
    await this.commandLine.close();
  }

  /** Runs a script of calls in the folder of the command line, and answers what each of them gave. */
  async calls<Results extends object>(script: string): Promise<Results> {
    const command = JSON.stringify([process.execPath, program]);
    const text = await this.python([join(__dirname, script), command]);
    const results = /^RESULTS (.*)$/m.exec(text)?.[1];
    if (results === undefined) throw new Error(`${script} gave no results: ${text}`);
    return noted(JSON.parse(results) as Results);
  }

  /** Runs Python with the package, and answers what it printed. */
  async python(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const child = spawn(await azureMlPython(), args, {
      cwd: this.commandLine.folder,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        BATCHPOINT_STATE: this.commandLine.state,
        // Two seconds between looks at a job are the least that the package allows by default.
        AZUREML_RUN_POLLING_INTERVAL_MIN: '1',
        ...this.environment,
        ...environment,
      },
    });
    let [printed, told] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`Python ended with ${String(code)}: ${printed}\n${told}`);
    return printed;
  }
}

/** The results of calls; the test that looks at one is noted as the test of that call. */
function noted<Results extends object>(results: Results): Results {
  return new Proxy(results, {
    get: (target, call): unknown => {
      recordUse({ kind: 'call', what: [String(call)], succeeded: true }, runningTest());
      return Reflect.get(target, call);
    },
  });
}

/** One host for all tests of a file. */
export function useAzureMl(): AzureMl {
  const azureMl = new AzureMl();
  beforeAll(() => azureMl.start(), patience);
  afterAll(() => azureMl.close());
  return azureMl;
}
