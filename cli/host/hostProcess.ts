import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';

/** The folder of the package: the app that the host runs. This file lies three folders below it. */
export const packageRoot = resolve(__dirname, '..', '..', '..');

/**
 * What Node is told that runs a host: its young objects get little room, as a job of many mini-batches makes them by
 * the million, and the default lets them fill a hundred megabytes that nothing ever needs.
 */
export const hostNodeOptions = ['--max-semi-space-size=8'] as const;

/** What Node is given to run the embedded host with these options. */
export function hostArguments(options: readonly string[]): string[] {
  return [
    ...hostNodeOptions,
    join(packageRoot, 'dist', 'local', 'main.js'),
    '--app',
    packageRoot,
    ...options,
  ];
}

/** A host that has been started, and may come up or not. */
export interface HostProcess {
  readonly pid: number | undefined;
  /** Whether it has ended. */
  readonly hasEnded: () => boolean;
  /** What it, or whoever else writes to the log, has logged since. */
  readonly logged: () => string;
}

/** Characters of the log that are looked at. */
const mostLogged = 64 * 1024;

/** Starts the host of a state folder as a process of its own: it outlives this one and holds no terminal. */
export function startHostProcess(stateFolder: string, environment: NodeJS.ProcessEnv): HostProcess {
  const log = join(stateFolder, 'host.log');
  const errors = openSync(log, 'a', 0o600);
  const from = statSync(log).size;
  const options = ['--state', stateFolder, '--idle-seconds', idleSeconds(environment), '--log', log];
  const child = spawn(process.execPath, hostArguments(options), {
    detached: true,
    // Whatever folder the command was given in may go; this one stays as long as the host.
    cwd: stateFolder,
    stdio: ['ignore', 'ignore', errors],
    env: hostEnvironment(environment),
  });
  closeSync(errors);
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  child.unref();
  return { pid: child.pid, hasEnded: () => ended, logged: () => readFrom(log, from) };
}

/** The environment of a host: as here, but paths that were relative to the folder of the command. */
export function hostEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const python = environment['BATCHPOINT_PYTHON'];
  if (python === undefined || isAbsolute(python) || !/[/\\]/.test(python)) return { ...environment };
  return { ...environment, BATCHPOINT_PYTHON: resolve(python) };
}

function idleSeconds(environment: NodeJS.ProcessEnv): string {
  const name = 'BATCHPOINT_IDLE_SECONDS';
  const value = environment[name] || '60';
  if (/^\d{1,8}$/.test(value)) return value;
  throw failure('SettingInvalid', { name, value, expected: 'a whole number of seconds' });
}

function readFrom(path: string, from: number): string {
  const file = openSync(path, 'r');
  try {
    const start = Math.max(from, statSync(path).size - mostLogged);
    const bytes = Buffer.alloc(mostLogged);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, mostLogged, start));
  } finally {
    closeSync(file);
  }
}
