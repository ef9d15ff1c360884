import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { failure } from '../errors/batchpointError';
import { firstOf } from './environmentDefinition';
import type { PythonRequirements } from './pythonRequirements';
import { systemErrorCode } from '../errors/systemError';

/** What the MLmodel file of a model says, as far as scoring needs it. */
export interface MlflowModel {
  readonly flavors: readonly string[];
  /** The model's own environment: from its conda file, else from `python_env.yaml`, else from `requirements.txt`. */
  readonly requirements?: PythonRequirements;
}

/**
 * Reads the MLmodel file in a folder; `undefined` where there is none. The conda file may have either of the two
 * endings, whatever MLmodel says: real models have a name there that is not the file's.
 */
export async function readMlflowModel(folder: string, name: string): Promise<MlflowModel | undefined> {
  const text = await readIfThere(join(folder, 'MLmodel'));
  if (text === undefined) return undefined;
  const document = parseMapping(text, name);
  const flavors = Object.keys(document['flavors'] ?? {});
  const requirements = await ownRequirements(folder, name);
  return { flavors, ...(requirements === undefined ? {} : { requirements }) };
}

async function ownRequirements(folder: string, name: string): Promise<PythonRequirements | undefined> {
  const read = (file: string): Promise<string | undefined> => readIfThere(join(folder, file));
  const condaFile = (await read('conda.yaml')) ?? (await read('conda.yml'));
  // They say the same, each for another program.
  const pythonEnvFile = condaFile === undefined ? await read('python_env.yaml') : undefined;
  const requirementsFile = await read('requirements.txt');
  return firstOf({ condaFile, pythonEnvFile, requirementsFile }, name);
}

function parseMapping(text: string, name: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw failure('MLmodelInvalid', { model: name, reason: String(error) }, { cause: error });
  }
  if (typeof document === 'object' && document !== null) return document as Record<string, unknown>;
  throw failure('MLmodelInvalid', { model: name, reason: 'it is not a mapping' });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
