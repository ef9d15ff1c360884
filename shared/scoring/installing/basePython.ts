import { resolve } from 'node:path';
import { failure } from '../../errors/batchpointError';
import { suitsPython } from '../../registry/pythonVersion';
import { installerEnvironment } from '../workerEnvironment';
import { askStep, runCommand } from './runCommand';

/** An interpreter of this machine. */
export interface BasePython {
  /** The program itself, behind links and starters. */
  readonly executable: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  /** The package that is missing for virtual environments; `undefined` where nothing is. */
  readonly missing: string | undefined;
}

/** The Pythons that scoring works with. */
export const supportedPython = '>=3.10';

/** Some systems ship Python without ensurepip, in a package of its own. */
const question = `
import json, sys
try:
    import ensurepip
    missing = None
except ImportError:
    missing = "python%d.%d-venv" % sys.version_info[:2]
print(json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3], missing]))
`;

/**
 * Asks an interpreter what it is. Fails with `PythonMissing` where it cannot be started or is something else, with
 * `PythonTooOld`.
 */
export async function askPython(command: string, variables: NodeJS.ProcessEnv): Promise<BasePython> {
  const program = /[/\\]/.test(command) ? resolve(command) : command;
  const environment = installerEnvironment(variables);
  const ask = { program, parameters: ['-c', question], environment, step: askStep };
  const [executable, version, missing] = readAnswer(command, await runCommand(ask, () => undefined));
  if (!suitsPython(supportedPython, version)) throw failure('PythonTooOld', { python: command, version });
  return { executable: executable || command, version, missing: missing ?? undefined };
}

function readAnswer(command: string, answer: string): [string, string, string | null] {
  try {
    // Starters may print words of their own before.
    return JSON.parse(answer.split('\n').at(-1) ?? '') as [string, string, string | null];
  } catch (error) {
    const reason = 'it does not answer as Python does';
    throw failure('PythonMissing', { python: command, reason }, { cause: error });
  }
}
