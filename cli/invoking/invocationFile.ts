import { statSync } from 'node:fs';
import { parseInputUri } from '../../shared/inputs/inputUri';
import { parseAssetReference } from '../../shared/registry/references';
import type { InvocationFile } from '../../shared/schemas/files/generated';
import { invocationBody, uriOf } from '../files/bodies';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { isRemote, localPath } from '../files/localPaths';
import type { Terminal } from '../output/terminal';
import { presentUri, typedInput, type InputBody } from './inputOption';

/** What a file and the values of `--set`, `--inputs` and `--outputs` say of an invocation. */
export interface InvocationParts {
  readonly input: InputBody | undefined;
  readonly output: object | undefined;
  /** Everything else of the body. */
  readonly rest: object;
}

/** Reads an invocation and checks all of it. There is at most one input, and at most one output. */
export async function readInvocation(
  source: DefinitionSource,
  terminal: Pick<Terminal, 'warn'>,
): Promise<InvocationParts> {
  const definition = draftDefinition('invocation', source);
  const { inputs, outputs } = definition.value;
  let input: InputBody | undefined;
  const name = onlyOne(definition, 'inputs', inputs);
  if (name !== undefined && definition.isSound(['inputs', name])) {
    await definition.check(['inputs', name, 'path'], () => (input = inputOfFile(definition, name)));
  }
  const outputName = onlyOne(definition, 'outputs', outputs);
  definition.refuseFaults();
  definition.warnOfUnused(terminal);
  const uri = outputName === undefined ? undefined : outputs?.[outputName]?.path;
  const output =
    outputName === undefined || uri === undefined
      ? undefined
      : { [outputName]: { jobOutputType: 'UriFile', uri: uriOf(definition.folder, uri) } };
  return { input, output, rest: invocationBody(definition.value) };
}

/** The name of the one entry of a mapping; a fault at every further one, and nothing where there is none. */
function onlyOne(
  definition: Definition<InvocationFile>,
  key: 'inputs' | 'outputs',
  entries: object | undefined,
): string | undefined {
  const [first, ...others] = Object.keys(typeof entries === 'object' ? entries : {});
  if (first === undefined) return undefined;
  const where = definition.placeOf([key, first]);
  for (const other of others) {
    const thing = key === 'inputs' ? 'input' : 'output';
    definition.fault([key, other], `a deployment of a model has one ${thing}, and it is ${where}`, true);
  }
  return first;
}

function inputOfFile({ value, folder }: Definition<InvocationFile>, name: string): InputBody {
  const { path = '', type } = value.inputs?.[name] ?? {};
  if (isRemote(path)) {
    const parsed = parseInputUri(path);
    if (parsed.kind === 'data') parseAssetReference('data', parsed.reference);
    return typedInput(type, path, name);
  }
  const absolute = localPath(folder, path);
  const uri = presentUri(absolute);
  const found = statSync(absolute).isFile() ? 'uri_file' : 'uri_folder';
  return typedInput(type ?? found, uri, name);
}
