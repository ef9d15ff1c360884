import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorCode, systemErrorReason } from '../../shared/errors/systemError';
import { requirementsOf, type EnvironmentFiles } from '../../shared/registry/environmentDefinition';
import { includedFile, requirementLines } from '../../shared/registry/requirementsFile';
import { isProgram } from '../../shared/scoring/installing/findProgram';
import type { Definition } from './definition';
import { localPath, neededPath } from './localPaths';
import type { InlineEnvironment } from './normalForms';
import { refuseOddFile } from './regularFile';

type Path = readonly (string | number)[];

/** An environment with a name to call it by in messages. */
export type NamedEnvironment = InlineEnvironment & { readonly name: string };

/** The keys that define what is installed; where several are given, a fault stands at the first of these. */
const definingKeys = ['python', 'python_env_file', 'conda_file', 'requirements_file'] as const;

/** Checks an environment that is defined in place. */
export async function checkEnvironment(
  definition: Definition<unknown>,
  environment: NamedEnvironment,
  at: Path,
): Promise<void> {
  const key = definingKeys.find((one) => environment[one] !== undefined);
  if (key === undefined) return;
  await definition.check([...at, key], async () => {
    requirementsOf(await environmentFiles(definition.folder, environment), environment.name);
  });
}

/**
 * The texts of the files that define an environment, wherever they stand. What they name with `-r` is taken along.
 * Relative paths start from `folder`.
 */
export async function environmentFiles(
  folder: string,
  environment: NamedEnvironment,
): Promise<EnvironmentFiles> {
  const { name } = environment;
  const conda = await condaText(folder, environment);
  const pythonEnv = fileText(folder, environment.python_env_file, name);
  const requirements = requirementsText(folder, environment.requirements_file, name);
  const python = await interpreterPath(folder, environment);
  const texts = {
    condaFile: conda?.text,
    pythonEnvFile: pythonEnv?.text,
    requirementsFile: requirements ?? (await includedText(conda ?? pythonEnv, name)),
    python,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

/** A text, and the folder that relative paths in it start from. */
interface FoundText {
  readonly text: string;
  readonly folder: string;
}

async function condaText(folder: string, environment: NamedEnvironment): Promise<FoundText | undefined> {
  const { conda_file: conda, path, name } = environment;
  if (conda === undefined) return undefined;
  if (typeof conda !== 'string') return { text: (await import('yaml')).stringify(conda), folder };
  const places = [localPath(folder, conda)];
  // Beside the definition, or in the folder that it names.
  if (path !== undefined) places.push(localPath(localPath(folder, path), conda));
  return readFirst(places, name);
}

function fileText(folder: string, path: string | undefined, name: string): FoundText | undefined {
  return path === undefined ? undefined : readFirst([localPath(folder, path)], name);
}

function requirementsText(
  folder: string,
  file: string | string[] | undefined,
  name: string,
): string | undefined {
  if (file === undefined) return undefined;
  if (Array.isArray(file)) return flatRequirements({ text: file.join('\n'), folder }, name, []);
  const path = localPath(folder, file);
  const found = readFirst([path], name);
  return found === undefined ? undefined : flatRequirements(found, name, [path]);
}

/** The text of the requirements file that another file names with `-r`. */
async function includedText(from: FoundText | undefined, name: string): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const [file, second] = new Set((await textsIn(from.text)).flatMap((text) => includedFile(text) ?? []));
  if (file === undefined) return undefined;
  if (second !== undefined) {
    const reason = `'${file}' and '${second}' are named with -r, and one file comes along. It may name the other itself`;
    throw failure('RequirementsFileInvalid', { name, reason });
  }
  const path = resolve(from.folder, file);
  const text = readIfThere(path, name);
  return text === undefined ? undefined : flatRequirements({ text, folder: dirname(path) }, name, [path]);
}

/** All texts that stand in a YAML file; none, where it cannot be read, of which its check tells. */
async function textsIn(yaml: string): Promise<string[]> {
  const { isScalar, parseDocument, visit } = await import('yaml');
  const texts: string[] = [];
  visit(parseDocument(yaml), {
    Scalar: (_key, scalar) => {
      if (isScalar(scalar) && typeof scalar.value === 'string') texts.push(scalar.value.trim());
    },
  });
  return texts;
}

/** A requirements file with the lines of those that it names in their places. */
function flatRequirements({ text, folder }: FoundText, name: string, above: readonly string[]): string {
  const lines = requirementLines(text);
  if (lines.every((line) => includedFile(line) === undefined)) return text;
  const flat = lines.map((line) => {
    const file = includedFile(line);
    if (file === undefined) return line;
    const path = resolve(folder, file);
    if (above.includes(path)) {
      const reason = `the line '${line}' leads back to a file above it`;
      throw failure('RequirementsFileInvalid', { name, reason });
    }
    const included = readFirst([path], name);
    return included === undefined ? line : flatRequirements(included, name, [...above, path]).trimEnd();
  });
  return `${flat.join('\n')}\n`;
}

/** The absolute path of an interpreter that is used as it is. */
async function interpreterPath(
  folder: string,
  { python, name }: NamedEnvironment,
): Promise<string | undefined> {
  if (python === undefined) return undefined;
  const path = localPath(folder, python);
  if (/^[<>=~!]*\d+(?:\.\d+)*$/.test(python) && !(await isProgram(path))) {
    const reason = `'${python}' is a version, and the path of an interpreter is expected; a version stands in a conda file, or as 'python' in a python_env_file`;
    throw failure('AssetPathMissing', { kind: 'environment', name, path, reason });
  }
  neededPath(path, 'environment', name);
  if (await isProgram(path)) return path;
  throw failure('AssetPathMissing', { kind: 'environment', name, path, reason: 'it is not a program' });
}

function readFirst(places: readonly string[], name: string): FoundText | undefined {
  for (const place of places) {
    const text = readIfThere(place, name);
    if (text !== undefined) return { text, folder: dirname(place) };
  }
  neededPath(places[0] ?? '', 'environment', name);
  return undefined;
}

function readIfThere(path: string, name: string): string | undefined {
  try {
    refuseOddFile(statSync(path), (reason) =>
      failure('AssetPathMissing', { kind: 'environment', name, path, reason }),
    );
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isFailure(error)) throw error;
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    const reason = systemErrorReason(error);
    throw failure('AssetPathMissing', { kind: 'environment', name, path, reason }, { cause: error });
  }
}
