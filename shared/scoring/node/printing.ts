import type { WorkerSetup } from '../workerMessages';
import { writeAll } from './writeAll';

/** A stream of the system, of which Node keeps what it writes with. */
interface SystemStream extends NodeJS.WriteStream {
  readonly _handle?: { readonly setBlocking?: (blocking: boolean) => void };
}

/**
 * Has everything that is printed be with the host at once. Left alone, Node keeps in memory what a pipe does not take,
 * and it would be lost with a script that never ends, or exits.
 */
export function printAtOnce(): void {
  for (const stream of [process.stdout, process.stderr] as SystemStream[])
    stream._handle?.setBlocking?.(true);
}

/** What is printed below the level of the deployment is left out. What a script logs is printed at every level. */
export function keepLevel(level: WorkerSetup['level']): void {
  const quiet = (): void => undefined;
  const target = globalThis.console;
  if (level !== 'DEBUG') target.debug = quiet;
  if (level === 'WARNING') target.info = quiet;
}

/** Prints the end of a claim on both streams, after all that the script has printed. */
export async function printMarker(marker: string): Promise<void> {
  // Threads of the script print through this one, when it comes to it.
  await new Promise((resolve) => setImmediate(resolve));
  for (const descriptor of [1, 2]) {
    try {
      writeAll(descriptor, Buffer.from(marker));
    } catch {
      // The script has closed it: the host does not wait for the marker for long.
    }
  }
}
