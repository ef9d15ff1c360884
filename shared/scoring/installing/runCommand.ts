import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { failure } from '../../errors/batchpointError';
import { withoutSecrets } from '../../errors/withoutSecrets';
import type { ProcessRecords } from '../processRecords';

/** Lines that the message of a failed command shows. */
const shownLines = 12;

/** A program to run to its end. */
export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it does, for messages. */
  readonly step: string;
}

/**
 * Runs a program to its end and gives what it printed on standard output. Every line, of error output too, is told
 * as it comes, without secrets. Fails with `EnvironmentFailed`, with its last lines, where it ends with another code than 0, and where it
 * cannot be started; the interpreter of this machine is `PythonMissing` then.
 */
export async function runCommand(
  { program, parameters, environment, step }: Command,
  line: (text: string) => void,
  processes?: ProcessRecords,
): Promise<string> {
  // A group of its own, so that a later host can end all of it where this one was killed. Elsewhere than at the root,
  // modules and settings that lie in the folder of a user would be taken for those of the installer.
  const child = spawn(program, parameters, {
    cwd: '/',
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
      line(withoutSecrets(text));
    }),
  );
  const how = await new Promise<string | undefined>((resolve, reject) => {
    child.once('error', (error: Error & { code?: string }) => {
      const reason = error.code ?? error.message;
      const cause = { cause: error };
      reject(
        step === askStep
          ? failure('PythonMissing', { python: program, reason }, cause)
          : failure(
              'EnvironmentFailed',
              { step, lines: `${program} could not be started: ${reason}` },
              cause,
            ),
      );
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? `exit code ${String(code)}` : `ended by the signal ${signal}`);
    });
  });
  if (pid !== undefined) processes?.remove(pid);
  if (how === undefined) return output.join('\n');
  throw failure('EnvironmentFailed', { step: `${step}, ${how}`, lines: last.join(' | ') || '(nothing)' });
}

/** The step of asking an interpreter what it is. */
export const askStep = 'python';
