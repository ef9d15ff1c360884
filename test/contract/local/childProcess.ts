import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How a process ended, and what it said. */
export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a module of this folder in a process of its own, to its end. */
export async function runProcess(module: string, ...parameters: readonly string[]): Promise<Ended> {
  const runner = join(__dirname, 'runTypeScript.mjs');
  const child = spawn(process.execPath, [runner, join(__dirname, module), ...parameters]);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { signal, output, errors };
}
