import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findHost } from '../../cli/host/findHost';
import type { Interruption } from './interruption';
import { ProgramFailed } from './programs';
import type { Screen } from './screen';

/** The host that the demo works with. */
export interface DemoHost {
  readonly url: string;
  /** Ends it, unless it ran before the demo. */
  end(): Promise<void>;
}

/** What to start it with. */
interface HostPlan {
  readonly stateFolder: string;
  /** The main file of the command line. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Joins the host of the state folder, or starts one with `batchpoint up`, which the demo ends when it is done. */
export async function startHost(
  { stateFolder, program, environment }: HostPlan,
  screen: Screen,
  interruption: Interruption,
): Promise<DemoHost> {
  const present = await findHost(stateFolder);
  if (present !== undefined) {
    const url = present.url.origin;
    screen.line(`  One runs already at ${url}, and is used.`);
    return { url, end: () => Promise.resolve() };
  }
  screen.command('batchpoint', ['up']);
  const logFile = join(stateFolder, 'demo', 'host.log');
  const log = openSync(logFile, 'w', 0o600);
  // In a group of its own: after Ctrl-C the running job is cancelled first, and for that the host has to be there.
  const child = spawn(process.execPath, [program, 'up'], {
    env: environment,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const url = await untilItServes(child, stateFolder, interruption);
    if (url !== undefined) {
      screen.line(`  It serves at ${url}, until the end of the demo.`);
      return { url, end };
    }
  } catch (error) {
    await end();
    throw error;
  }
  throw new ProgramFailed(`The host did not start. It says:\n${readFileSync(logFile, 'utf8').trimEnd()}`);
}

async function untilItServes(
  child: ChildProcess,
  stateFolder: string,
  interruption: Interruption,
): Promise<string | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    interruption.check();
    const found = await findHost(stateFolder);
    if (found !== undefined) return found.url.origin;
    await wait(25);
  }
  return undefined;
}
