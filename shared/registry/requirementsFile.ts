import { failure } from '../errors/batchpointError';
import type { IncludedFile, PythonRequirements } from './pythonRequirements';

/** Reads a requirements file. Fails with `RequirementsFileInvalid`. */
export function readRequirements(text: string, name: string): PythonRequirements {
  const invalid = (reason: string): Error => failure('RequirementsFileInvalid', { name, reason });
  return { lines: requirementLines(text).flatMap((line) => resolvedLines(line, undefined, invalid)) };
}

/**
 * What a line of pip stands for: itself, or the lines of the file that it names with `-r`. A line that means a local
 * path is an error, as its environment is made elsewhere.
 */
export function resolvedLines(
  line: string,
  include: IncludedFile | undefined,
  invalid: (reason: string) => Error,
): string[] {
  const file = includedFile(line);
  if (file !== undefined) {
    const text = include?.(file);
    if (text === undefined) throw invalid(`the line '${line}' names a file that does not come with it`);
    return requirementLines(text).flatMap((one) => resolvedLines(one, undefined, invalid));
  }
  if (namesLocalPath(line)) {
    throw invalid(`the line '${line}' names a local path, which does not come with it`);
  }
  return [line];
}

/** The file that a line takes in with `-r`; `undefined` where it is another line. */
export function includedFile(line: string): string | undefined {
  return /^(?:-r|--requirement)[ =]?\s*(.+)$/.exec(line)?.[1]?.trim();
}

/** The lines of a requirements file, without comments and empty ones. */
export function requirementLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

const localPaths: readonly RegExp[] = [
  /^(?:-e|--editable|-c|--constraint)(?![\w-])/,
  /^(?:\.{0,2}\/|\.{1,2}(?:\[|$)|file:)/,
  /@\s*file:/,
  // An archive beside the file.
  /^(?![\w.+-]+:\/\/)[^\s@;]+\.(?:whl|tar\.gz|zip)(?:\s|;|$)/,
  /^(?:-f|--find-links)[ =]\s*(?![\w+]+:\/\/)/,
];

function namesLocalPath(line: string): boolean {
  return localPaths.some((shape) => shape.test(line));
}
