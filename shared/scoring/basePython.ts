import { failure } from '../errors/batchpointError';
import { suitsPython } from '../registry/pythonVersion';
import { runCommand } from './runCommand';
import { installerEnvironment } from './workerEnvironment';

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
const supported = '>=3.10';

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

/** Asks an interpreter what it is. Fails with `PythonMissing` where it cannot be started, with `PythonTooOld`. */
export async function askPython(command: string): Promise<BasePython> {
  const environment = installerEnvironment(process.env);
  const answer = await runCommand(command, ['-c', question], environment, () => undefined, 'python');
  const [executable, version, missing] = JSON.parse(answer) as [string, string, string | null];
  if (!suitsPython(supported, version)) throw failure('PythonTooOld', { python: command, version });
  return { executable: executable || command, version, missing: missing ?? undefined };
}
