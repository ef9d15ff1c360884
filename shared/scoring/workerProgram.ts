import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '../registry/scriptLanguage';

/** How the process of a worker is started: the command with its parameters, and what it is called where it is missing. */
export interface WorkerProgram {
  readonly runtime: Runtime;
  readonly command: string;
  readonly parameters: readonly string[];
  /** Variables that the program itself needs. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The worker that an interpreter of Python runs. */
export function pythonProgram(python: string): WorkerProgram {
  return {
    runtime: 'python',
    command: python,
    parameters: ['-X', 'utf8', join(__dirname, 'python', 'worker.py')],
    variables: { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
  };
}

/** The worker that the Node of this process runs. Of the arguments of this process it gets none. */
export function nodeProgram(): WorkerProgram {
  // Before 22.18 Node does not take types out of TypeScript by itself, and warns of it where it is told to.
  const types =
    process.features.typescript === false
      ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
      : [];
  return {
    runtime: 'node',
    command: process.execPath,
    parameters: [...types, nodeWorker()],
    variables: {},
  };
}

/** The compiled worker: beside this module, or, where this module runs from its source, in the build of it. */
function nodeWorker(): string {
  const beside = join(__dirname, 'node', 'worker.js');
  if (existsSync(beside)) return beside;
  return join(__dirname, '..', '..', 'dist', 'shared', 'scoring', 'node', 'worker.js');
}
