import { parse } from 'yaml';
import { failure } from '../errors/batchpointError';
import type { IncludedFile, PythonRequirements } from './pythonRequirements';
import { resolvedLines } from './requirementsFile';

/**
 * Reads the file `python_env.yaml` of MLflow: a Python, what is installed to build others, and what is installed.
 * `include` gives the text of the requirements file that it names with `-r`. Fails with `PythonEnvFileInvalid`.
 */
export function readPythonEnvFile(text: string, name: string, include?: IncludedFile): PythonRequirements {
  const invalid = (reason: string): Error => failure('PythonEnvFileInvalid', { name, reason });
  const { python, build_dependencies: build, dependencies } = mappingOf(text, invalid);
  const resolved = (key: string, list: unknown): string[] =>
    linesOf(key, list, invalid).flatMap((line) => resolvedLines(line, include, invalid));
  const buildLines = resolved('build_dependencies', build);
  return {
    lines: resolved('dependencies', dependencies),
    ...(buildLines.length === 0 ? {} : { buildLines }),
    ...(python === undefined || python === '' ? {} : { python: versionOf(python, invalid) }),
  };
}

function mappingOf(text: string, invalid: (reason: string) => Error): Record<string, unknown> {
  let document: unknown;
  try {
    // Scalars stay text: a Python 3.10 is not the number 3.1.
    document = parse(text, { schema: 'failsafe' });
  } catch (error) {
    throw invalid(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document as Record<string, unknown>;
  }
  throw invalid("it has to be a mapping with 'python', 'build_dependencies' and 'dependencies'");
}

function linesOf(key: string, list: unknown, invalid: (reason: string) => Error): string[] {
  const lines = list === undefined || list === '' ? [] : list;
  if (!Array.isArray(lines) || lines.some((line) => typeof line !== 'string')) {
    throw invalid(`'${key}' has to be a list of requirement lines`);
  }
  return (lines as string[]).map((line) => line.trim()).filter((line) => line !== '');
}

function versionOf(python: unknown, invalid: (reason: string) => Error): string {
  if (typeof python === 'string' && /^\d+(?:\.\d+)*$/.test(python)) return python;
  throw invalid("'python' has to be a version, such as 3.11.7");
}
