import { failure } from '../errors/batchpointError';
import { readCondaFile } from './condaFile';
import { readPythonEnvFile } from './pythonEnvFile';
import type { PythonRequirements } from './pythonRequirements';
import { readRequirements } from './requirementsFile';

/** The texts that define an environment. A requirements file is the definition by itself, or named by one of the others. */
export interface EnvironmentFiles {
  readonly condaFile?: string | undefined;
  readonly pythonEnvFile?: string | undefined;
  readonly requirementsFile?: string | undefined;
  /** The path of an interpreter that is used as it is. */
  readonly python?: string | undefined;
}

/**
 * What is to be installed for an environment; `undefined` where it says nothing of Python. Fails with
 * `EnvironmentAmbiguous`, `CondaFileInvalid`, `PythonEnvFileInvalid`, `RequirementsFileInvalid`.
 */
export function requirementsOf(files: EnvironmentFiles, name: string): PythonRequirements | undefined {
  const { condaFile, pythonEnvFile, requirementsFile, python } = files;
  const include = (): string | undefined => requirementsFile;
  const [first, second] = Object.entries({ condaFile, pythonEnvFile, python }).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  const also =
    second ?? (python !== undefined && requirementsFile !== undefined ? 'requirementsFile' : undefined);
  if (first !== undefined && also !== undefined)
    throw failure('EnvironmentAmbiguous', { name, first, second: also });
  if (python !== undefined) return { lines: [], interpreter: python };
  if (condaFile !== undefined) return readCondaFile(condaFile, name, include);
  if (pythonEnvFile !== undefined) return readPythonEnvFile(pythonEnvFile, name, include);
  return requirementsFile === undefined ? undefined : readRequirements(requirementsFile, name);
}
