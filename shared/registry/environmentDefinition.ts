import { failure } from '../errors/batchpointError';
import { readCondaFile } from './condaFile';
import { readPythonEnvFile } from './pythonEnvFile';
import type { IncludedFile, PythonRequirements } from './pythonRequirements';
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
  const ambiguous = (first: string, second: string): Error =>
    failure('EnvironmentAmbiguous', { name, first, second });
  const [first, second] = Object.entries({ condaFile, pythonEnvFile, python }).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  if (first !== undefined && second !== undefined) throw ambiguous(first, second);
  let isIncluded = false;
  const include = (): string | undefined => {
    isIncluded = true;
    return requirementsFile;
  };
  const requirements = firstOf(files, name, include);
  if (first !== undefined && requirementsFile !== undefined && !isIncluded)
    throw ambiguous(first, 'requirementsFile');
  return requirements;
}

/**
 * What the first of some files defines, whatever the others say. Fails with `CondaFileInvalid`, `PythonEnvFileInvalid`,
 * `RequirementsFileInvalid`.
 */
export function firstOf(
  { condaFile, pythonEnvFile, requirementsFile, python }: EnvironmentFiles,
  name: string,
  include: IncludedFile = () => requirementsFile,
): PythonRequirements | undefined {
  if (python !== undefined) return { lines: [], interpreter: python };
  if (condaFile !== undefined) return readCondaFile(condaFile, name, include);
  if (pythonEnvFile !== undefined) return readPythonEnvFile(pythonEnvFile, name, include);
  return requirementsFile === undefined ? undefined : readRequirements(requirementsFile, name);
}
