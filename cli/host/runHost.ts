import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../../shared/errors/batchpointError';
import type { Context } from '../context';
import { findHost, type FoundHost } from './findHost';
import { hostArguments, hostEnvironment } from './hostProcess';
import { makeStateFolder } from './stateFolder';

/** How the host is run. */
export interface RunOptions {
  readonly port: number | undefined;
  readonly httpsPort: number | undefined;
  readonly state: string | undefined;
  /** Whether environments may be made with another Python than they ask for. */
  readonly anyPython: boolean;
}

/** Runs the host until it is told to end. Fails with `HostRunsAlready` or `HostStartFailed`. */
export async function runHost(context: Context, options: RunOptions): Promise<void> {
  const { port, httpsPort, state, anyPython } = options;
  const { currentFolder, environment, terminal } = context;
  const folder = state === undefined ? context.stateFolder : resolve(currentFolder, state);
  const present = await findHost(makeStateFolder(folder));
  if (present !== undefined) {
    throw failure('HostRunsAlready', { folder, url: present.url.origin, pid: present.pid });
  }
  const parameters = [
    ...['--state', folder],
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(httpsPort === undefined ? [] : ['--https-port', String(httpsPort)]),
  ];
  const child = spawn(process.execPath, hostArguments(parameters), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...hostEnvironment(environment), ...(anyPython && { BATCHPOINT_ALLOW_PYTHON_MISMATCH: '1' }) },
  });
  const end = endOf(child);
  // A terminal tells Ctrl-C to both processes, others only to this one: the host ends at either.
  context.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const host = await Promise.race([untilUp(folder, child), end.then(() => undefined)]);
  if (host !== undefined) {
    const places = [host.url, host.httpsUrl].filter((url) => url !== undefined).map(({ origin }) => origin);
    terminal.print(
      `Batchpoint serves at ${places.join(' and ')}, with its state in ${folder}. Ctrl-C ends it.\n`,
    );
  }
  // The host ends in its own time, once its answers are out.
  const code = await context.tidyUp(() => end);
  if (code !== 0)
    throw failure('HostStartFailed', { reason: 'it ended with an error, which it has told above.' });
}

/** The exit code of a process; ended by a signal, it is `null`. */
function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.on('exit', (code) => done(code));
    child.on('error', fail);
  });
}

async function untilUp(folder: string, child: ChildProcess): Promise<FoundHost | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    const found = await findHost(folder);
    if (found?.pid === child.pid) return found;
    await wait(50);
  }
  return undefined;
}
