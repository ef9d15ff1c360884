import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { failure } from '../errors/batchpointError';
import type { ProcessRecords } from './processRecords';

/** Lines that the message of a failed command shows. */
const shownLines = 12;

/**
 * Runs a program to its end and gives what it printed on standard output. Every line, of error output too, is told
 * as it comes. Fails with `PythonMissing` where it cannot be started, and `EnvironmentFailed` with its last lines
 * where it ends with another code than 0.
 */
export async function runCommand(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  line: (text: string) => void,
  step: string,
  processes?: ProcessRecords,
): Promise<string> {
  // A group of its own, so that a later host can end all of it where this one was killed.
  const child = spawn(program, parameters, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) processes?.add(pid);
  const output: string[] = [];
  const last: string[] = [];
  const readers = [child.stdout, child.stderr].map((stream) => createInterface({ input: stream }));
  readers.forEach((reader, i) =>
    reader.on('line', (text) => {
      if (i === 0) output.push(text);
      last.push(text);
      if (last.length > shownLines) last.shift();
      line(text);
    }),
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: Error & { code?: string }) => {
      reject(
        failure('PythonMissing', { python: program, reason: error.code ?? error.message }, { cause: error }),
      );
    });
    child.once('close', resolve);
  });
  if (pid !== undefined) processes?.remove(pid);
  if (code === 0) return output.join('\n');
  throw failure('EnvironmentFailed', { step, lines: last.join(' | ') });
}
