import { closeSync, openSync, readSync } from 'node:fs';
import type { Run } from './mergeRuns';

/** What parts names on disk: no name holds the character, and one with a size behind it holds it once. */
export const nameSeparator = '\0\0';

/** Bytes that are read of a run at once. */
const bufferBytes = 64 * 1024;

/** A sorted run of names, read from its start. */
export class SortedRun implements Run<string> {
  front: string | undefined;
  private readonly buffer: Buffer;
  private rest: Buffer = Buffer.alloc(0);
  private names: string[] = [];
  private index = 0;

  private constructor(private file: number | undefined) {
    this.buffer = Buffer.alloc(file === undefined ? 0 : bufferBytes);
  }

  static ofFile(path: string): SortedRun {
    const run = new SortedRun(openSync(path, 'r'));
    run.advance();
    return run;
  }

  static ofNames(names: string[]): SortedRun {
    const run = new SortedRun(undefined);
    run.names = names;
    run.advance();
    return run;
  }

  advance(): void {
    // Reading is synchronous: the merge is a tight loop, and 64 KiB from a file just written is in memory.
    while (this.index >= this.names.length && this.file !== undefined) this.readMore(this.file);
    this.front = this.names[this.index++];
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private readMore(file: number): void {
    const size = readSync(file, this.buffer, 0, this.buffer.length, null);
    const bytes = Buffer.concat([this.rest, this.buffer.subarray(0, size)]);
    const end = size === 0 ? bytes.length : bytes.lastIndexOf(nameSeparator);
    if (size === 0) this.close();
    const next = end < 0 ? 0 : Math.min(end + nameSeparator.length, bytes.length);
    this.rest = Buffer.from(bytes.subarray(next));
    this.names = end <= 0 ? [] : bytes.toString('utf8', 0, end).split(nameSeparator);
    this.index = 0;
  }
}
