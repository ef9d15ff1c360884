import type { Stats } from 'node:fs';

/**
 * Fails with the error that `refusal` makes where something is not a file with an end: whoever opens a pipe waits for
 * a writer that may never come.
 */
export function refuseOddFile(status: Stats, refusal: (reason: string) => Error): void {
  if (!status.isFile()) throw refusal(`it is a ${kindOf(status)}, and a file is expected`);
}

function kindOf(status: Stats): string {
  if (status.isFIFO()) return 'named pipe';
  if (status.isSocket()) return 'socket';
  return status.isDirectory() ? 'folder' : 'device';
}
