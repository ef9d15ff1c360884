import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../../shared/errors/batchpointError';
import { findHost, type FoundHost } from './findHost';
import { startHostProcess, type HostProcess } from './hostProcess';

/** Milliseconds between looks at whether a host is up. */
const pause = 25;

/** Milliseconds that a host may take to come up, on a machine that is busy with other things too. */
const patience = 60_000;

/** Milliseconds that whoever holds the state folder is given before another host is started. */
const patienceWithHolder = 1_000;

/**
 * The host of a state folder: the one that runs, or else one that is started now. Of several who start one at once,
 * one holds the folder, and the others join it. Fails with `HostStartFailed`.
 */
export async function joinHost(
  stateFolder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<FoundHost> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await findHost(stateFolder);
    if (found !== undefined) return found;
    const started = startHostProcess(stateFolder, environment);
    const host = await untilUp(stateFolder, signal, () => started.hasEnded() || performance.now() > deadline);
    if (host !== undefined) return host;
    if (!isHeld(started) || performance.now() > deadline) throw startFailed(stateFolder, started);
    // Its holder may be coming up, or going down: only in the second case another start helps.
    const until = performance.now() + patienceWithHolder;
    const holder = await untilUp(stateFolder, signal, () => performance.now() > until);
    if (holder !== undefined) return holder;
  }
}

async function untilUp(
  stateFolder: string,
  signal: AbortSignal,
  isOver: () => boolean,
): Promise<FoundHost | undefined> {
  for (;;) {
    if (signal.aborted) throw failure('Interrupted', { advice: '' });
    const found = await findHost(stateFolder);
    if (found !== undefined || isOver()) return found;
    await wait(pause);
  }
}

function isHeld(started: HostProcess): boolean {
  return started.hasEnded() && started.logged().includes('StateFolderHeld');
}

function startFailed(stateFolder: string, started: HostProcess): Error {
  const lines = started.logged().trimEnd().split('\n').slice(-12);
  const what = started.hasEnded()
    ? 'it ended at once'
    : `it did not answer within ${patience / 1000} seconds`;
  const reason = `${what}. Its log, ${join(stateFolder, 'host.log')}, ends like this:`;
  return failure(
    'HostStartFailed',
    { reason },
    { details: [{ code: 'HostStartFailed', message: lines.join('\n') }] },
  );
}
