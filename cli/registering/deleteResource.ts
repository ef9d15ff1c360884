import { createInterface } from 'node:readline/promises';
import { failure } from '../../shared/errors/batchpointError';
import type { Context } from '../context';

/** What is to be deleted. */
interface Deletion {
  readonly path: string;
  /** For people, such as `endpoint 'mnist'`. */
  readonly what: string;
  /** Whether nobody is asked. */
  readonly isSure: boolean;
  /** Whether jobs that run are cancelled first. */
  readonly force?: boolean;
  /** Whether to wait until it is gone. */
  readonly wait?: boolean;
}

/** Deletes a resource, once a person has agreed. Fails where it is not there, and where nobody can be asked. */
export async function deleteResource(context: Context, deletion: Deletion): Promise<void> {
  const { path, what, isSure, ...how } = deletion;
  await context.workspace.get(path);
  if (!isSure) await ask(what, context.signal);
  await context.workspace.delete(path, how);
}

async function ask(what: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) throw failure('ConfirmationNeeded', { what });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal is in the hands of the question meanwhile, and Ctrl-C with it.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    const answer = await terminal.question(`Delete ${what}? (y/n): `, { signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw failure('DeletionDeclined', {});
  } catch (error) {
    throw signal.aborted ? failure('Interrupted', { advice: '' }) : error;
  } finally {
    terminal.close();
  }
}
