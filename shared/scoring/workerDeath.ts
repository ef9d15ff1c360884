import { failure, type BatchpointError } from '../errors/batchpointError';
import { ranOut, readOomKills, type OomKills } from './oomKills';

/** How a worker ended that was not told to. */
export interface WorkerDeath {
  readonly how: string;
  /** Where that is known to be for want of memory: of its own limit, in bytes, or of all there is. */
  readonly outOfMemory?: { readonly limit: number; readonly held: number } | { readonly where: string };
}

/** How a process ended by itself, or by the system. `before`: whom the kernel had ended for want of memory until then. */
export function deathOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  before: OomKills,
  now = readOomKills(),
): WorkerDeath {
  if (signal === null) return { how: `exit code ${String(code)}` };
  if (signal !== 'SIGKILL') return { how: `signal ${signal}` };
  const where = ranOut(before, now);
  if (where !== undefined) return { how: `signal ${signal}`, outOfMemory: { where } };
  const isTold = now.group !== undefined || now.machine !== undefined;
  return {
    how: `signal ${signal}${isTold ? '' : ', which is also how a machine out of memory ends processes'}`,
  };
}

/** The error of a worker that ended in `init()` or `run()`. `lines` are the last that it printed as errors. */
export function deathFault(
  { how, outOfMemory }: WorkerDeath,
  during: 'init()' | 'run()',
  lines: string,
): BatchpointError {
  if (outOfMemory !== undefined && 'where' in outOfMemory)
    return failure('MachineOutOfMemory', { during, where: outOfMemory.where });
  if (outOfMemory !== undefined) {
    const { held, limit } = outOfMemory;
    return failure('WorkerOutOfMemory', { during, held: mebibytes(held), limit: mebibytes(limit) });
  }
  return failure(during === 'run()' ? 'WorkerDied' : 'InitExited', { how, lines: lines || '(nothing)' });
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
