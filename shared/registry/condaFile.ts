import { parse } from 'yaml';
import { failure } from '../errors/batchpointError';
import { wantedPython } from './pythonVersion';

/** What of an environment gets installed here: the lines for pip, and what is said beside them. */
export interface PipRequirements {
  /** Requirement lines and options, in their order, as pip takes them in a requirements file. */
  readonly lines: readonly string[];
  /** The Python that the definition asks for, such as `3.10`, `3.8.5` or `>=3.9,<3.12`. */
  readonly python?: string;
  /** Conda packages other than Python and pip, which pip does not install. */
  readonly ignored: readonly string[];
}

/**
 * Reads the pip section of a conda file. `include` gives the text of a requirements file that it names with `-r`;
 * without it such a line is an error, as is a line that means a local path. Fails with `CondaFileInvalid`.
 */
export function readCondaFile(
  text: string,
  name: string,
  include?: (file: string) => string | undefined,
): PipRequirements {
  const invalid = (reason: string): Error => failure('CondaFileInvalid', { name, reason });
  const dependencies = dependenciesOf(text, invalid);
  const lines: string[] = [];
  const ignored: string[] = [];
  let python: string | undefined;
  for (const dependency of dependencies) {
    if (typeof dependency === 'string') {
      const wanted = wantedPython(dependency);
      if (wanted !== null) python = wanted;
      else if (!/^pip\b/.test(dependency)) ignored.push(dependency);
    } else {
      lines.push(...pipSection(dependency, invalid));
    }
  }
  const installed = lines.flatMap((line) => resolveLine(line, include, invalid));
  return { lines: installed, ignored, ...(python === undefined ? {} : { python }) };
}

/** Reads a requirements file. */
export function readRequirements(text: string, name: string): PipRequirements {
  const invalid = (reason: string): Error => failure('CondaFileInvalid', { name, reason });
  return {
    lines: requirementLines(text).flatMap((line) => resolveLine(line, undefined, invalid)),
    ignored: [],
  };
}

function dependenciesOf(text: string, invalid: (reason: string) => Error): unknown[] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw invalid('it has to be a mapping with a list of dependencies');
  }
  const { dependencies } = document as { dependencies?: unknown };
  if (dependencies === undefined) return [];
  if (!Array.isArray(dependencies)) throw invalid("'dependencies' has to be a list");
  return dependencies as unknown[];
}

function pipSection(dependency: unknown, invalid: (reason: string) => Error): string[] {
  const pip =
    typeof dependency === 'object' && dependency !== null ? (dependency as { pip?: unknown }).pip : undefined;
  if (!Array.isArray(pip) || pip.some((line) => typeof line !== 'string')) {
    throw invalid("a dependency has to be text, or 'pip' with a list of texts");
  }
  return (pip as string[]).map((line) => line.trim()).filter((line) => line !== '');
}

function resolveLine(
  line: string,
  include: ((file: string) => string | undefined) | undefined,
  invalid: (reason: string) => Error,
): string[] {
  const file = /^(?:-r|--requirement)[ =]?(.+)$/.exec(line)?.[1]?.trim();
  if (file !== undefined) {
    const text = include?.(file);
    if (text === undefined) throw invalid(`the line '${line}' names a file that does not come with it`);
    return requirementLines(text);
  }
  if (/^(-e|--editable|-c|--constraint)\b/.test(line) || /^(\.{0,2}\/|file:)/.test(line)) {
    throw invalid(`the line '${line}' names a local path, which does not come with it`);
  }
  return [line];
}

function requirementLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}
