import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parse } from 'yaml';

/** One use that a test made of what users can use. */
export interface Use {
  readonly kind: 'command' | 'request' | 'key' | 'call';
  /** A command line, an operation of the API, a kind of file with a key, or a call of a client package. */
  readonly what: readonly string[];
  /** Keys of the definition file that was given, with dots. */
  readonly keys?: readonly string[];
  /** Whether it did what was asked. */
  readonly succeeded: boolean;
}

/**
 * Notes what a test has used, where BATCHPOINT_TEST_USES names a file for it: docs/compatibility.md is made
 * from these notes. What is used before or after the tests of a file proves nothing, and is left out.
 */
export function recordUse(use: Use, test: string | undefined): void {
  const target = process.env['BATCHPOINT_TEST_USES'];
  const { testPath } = expect.getState();
  if (!target || test === undefined || testPath === undefined) return;
  const file = relative(resolve(__dirname, '../..'), testPath);
  appendFileSync(target, `${JSON.stringify({ ...use, file, test })}\n`);
}

let isRunning = false;

/** Says whether a test runs: what is done before or after the tests of a file is done in the name of the last one. */
export function setRunning(running: boolean): void {
  isRunning = running;
}

/** The name of the test that runs now, if one does. */
export function runningTest(): string | undefined {
  return isRunning ? expect.getState().currentTestName : undefined;
}

/** The keys of the definition that a command line names with `--file` or `--deployment-file`; none where it has none. */
export function keysOfFile(args: readonly string[], folder: string): string[] {
  const at = args.findIndex((arg) => ['-f', '--file', '--deployment-file'].includes(arg));
  const path = resolve(folder, args[at + 1] ?? '');
  if (at < 0) return [];
  try {
    // Who opens a named pipe waits for a writer.
    if (!statSync(path).isFile()) return [];
    return keysOf(parse(readFileSync(path, 'utf8')));
  } catch {
    return [];
  }
}

function keysOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, prefix));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${prefix}${key}`,
    ...keysOf(inner, `${prefix}${key}.`),
  ]);
}
