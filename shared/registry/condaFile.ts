import { parse } from 'yaml';
import { failure } from '../errors/batchpointError';
import type { IncludedFile, PythonRequirements } from './pythonRequirements';
import { wantedPython } from './pythonVersion';
import { resolvedLines } from './requirementsFile';

/**
 * Reads a conda file. `include` gives the text of a requirements file that its pip section names with `-r`; without
 * it such a line is an error, as is a line that means a local path. Fails with `CondaFileInvalid`.
 */
export function readCondaFile(text: string, name: string, include?: IncludedFile): PythonRequirements {
  const invalid = (reason: string): Error => failure('CondaFileInvalid', { name, reason });
  const document = mappingOf(text, invalid);
  const lines: string[] = [];
  const condaPackages: string[] = [];
  let python: string | undefined;
  for (const dependency of listOf(document, 'dependencies', invalid)) {
    if (typeof dependency === 'string') {
      const wanted = wantedPython(dependency);
      if (wanted !== null) python = wanted;
      else if (!isPip.test(dependency)) condaPackages.push(checkedPackage(dependency, invalid));
    } else {
      lines.push(...pipSection(dependency, invalid));
    }
  }
  const channels = listOf(document, 'channels', invalid).map((channel) => checkedChannel(channel, invalid));
  return {
    lines: lines.flatMap((line) => resolvedLines(line, include, invalid)),
    ...(condaPackages.length === 0 ? {} : { condaPackages }),
    ...(channels.length === 0 ? {} : { channels }),
    ...(python === undefined ? {} : { python }),
  };
}

/** Pip is there in every environment, whatever its version. */
const isPip = /^(?:[\w-]+::)?pip(?![\w.-])/;

function mappingOf(text: string, invalid: (reason: string) => Error): Record<string, unknown> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw invalid('it has to be a mapping with a list of dependencies');
  }
  return document as Record<string, unknown>;
}

function listOf(
  document: Record<string, unknown>,
  key: 'dependencies' | 'channels',
  invalid: (reason: string) => Error,
): unknown[] {
  const list = document[key] ?? [];
  if (!Array.isArray(list)) throw invalid(`'${key}' has to be a list`);
  return list as unknown[];
}

/** A package becomes a parameter of a program, and is no option of it. */
function checkedPackage(dependency: string, invalid: (reason: string) => Error): string {
  const text = dependency.trim();
  if (/^[A-Za-z0-9_]/.test(text) && !/[\r\n]/.test(text)) return text;
  throw invalid(`'${dependency}' is not a conda package`);
}

function checkedChannel(channel: unknown, invalid: (reason: string) => Error): string {
  if (typeof channel === 'string' && /^[A-Za-z0-9_<]\S*$/.test(channel)) return channel;
  throw invalid('a channel has to be its name or its URL');
}

function pipSection(dependency: unknown, invalid: (reason: string) => Error): string[] {
  const pip =
    typeof dependency === 'object' && dependency !== null ? (dependency as { pip?: unknown }).pip : undefined;
  if (!Array.isArray(pip) || pip.some((line) => typeof line !== 'string')) {
    throw invalid("a dependency has to be text, or 'pip' with a list of texts");
  }
  return (pip as string[]).map((line) => line.trim()).filter((line) => line !== '');
}
