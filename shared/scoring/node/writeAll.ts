import { writeSync } from 'node:fs';
import { systemErrorCode } from '../../errors/systemError';

const still = new Int32Array(new SharedArrayBuffer(4));

/** Writes to a descriptor until all of it is there, also where that does not block and its reader is slow. */
export function writeAll(descriptor: number, data: Uint8Array): void {
  let left = data;
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(descriptor, left));
    } catch (error) {
      if (systemErrorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(still, 0, 0, 1);
    }
  }
}
