import { failure } from '../../shared/errors/batchpointError';
import { readMlflowModel } from '../../shared/registry/mlflowModel';
import type { AnsweredData, AnsweredEnvironment, AnsweredModel } from '../client/resources';
import type { Context } from '../context';
import { assetFiles } from '../files/assetFiles';
import { dataBody, environmentBody, imageOf, modelBody } from '../files/bodies';
import { readDefinition, type DefinitionSource } from '../files/definition';
import { checkEnvironment, condaText } from '../files/deploymentChecks';
import { isRemote, localPath } from '../files/localPaths';
import { shownData, shownEnvironment, shownModel } from '../shown/assets';
import { warnOfImage } from './deploymentAssets';
import { registerVersion } from './registerVersion';

type Source = Omit<DefinitionSource, 'currentFolder'>;

/** Registers a version of a model. */
export async function createModel({ workspace, currentFolder }: Context, source: Source): Promise<object> {
  const definition = readDefinition('model', { ...source, currentFolder });
  const { value } = definition;
  const { name, version } = value;
  const path = isRemote(value.path) ? value.path : localPath(definition.folder, value.path);
  await definition.check(['path'], () => checkModelPath(name, path, value.type));
  definition.refuseFaults();
  const asset = { kind: 'models', name, version } as const;
  return shownModel(name, await registerVersion<AnsweredModel>(workspace, asset, modelBody(value, path)));
}

async function checkModelPath(name: string, path: string, type: string | undefined): Promise<void> {
  if (isRemote(path)) {
    throw failure('UriInvalid', { uri: path, reason: 'a model is registered from a local file or folder' });
  }
  const [first] = await assetFiles({ kind: 'model', name, path });
  if (type !== 'mlflow_model') return;
  const mlflow = first !== '' ? await readMlflowModel(path, name) : undefined;
  if (mlflow === undefined) throw failure('MLmodelMissing', { model: name, path });
}

/** Registers a version of a data asset. */
export async function createData({ workspace, currentFolder }: Context, source: Source): Promise<object> {
  const definition = readDefinition('data', { ...source, currentFolder });
  const { name, version } = definition.value;
  let body: object = {};
  await definition.check(['path'], () => (body = dataBody(definition.value, definition.folder)));
  definition.refuseFaults();
  const asset = { kind: 'data', name, version } as const;
  return shownData(name, await registerVersion<AnsweredData>(workspace, asset, body));
}

/** Registers a version of an environment. */
export async function createEnvironment(context: Context, source: Source): Promise<object> {
  const { workspace, currentFolder } = context;
  const definition = readDefinition('environment', { ...source, currentFolder });
  const { name, version } = definition.value;
  await checkEnvironment(definition, definition.value, []);
  definition.refuseFaults();
  warnOfImage(context, name, imageOf(definition.value));
  const body = environmentBody(definition.value, await condaText(definition.folder, definition.value));
  const asset = { kind: 'environments', name, version } as const;
  return shownEnvironment(name, await registerVersion<AnsweredEnvironment>(workspace, asset, body));
}
