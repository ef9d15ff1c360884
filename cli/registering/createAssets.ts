import { failure } from '../../shared/errors/batchpointError';
import { readMlflowModel } from '../../shared/registry/mlflowModel';
import type { AnsweredData, AnsweredEnvironment, AnsweredModel } from '../client/resources';
import type { Context } from '../context';
import { assetFiles } from '../files/assetFiles';
import { dataBody, environmentBody, modelBody, uriOf, type DataProperties } from '../files/bodies';
import { readDefinition, type DefinitionSource } from '../files/definition';
import { checkEnvironment, environmentFiles } from '../files/environmentFiles';
import { isLink, isRemote, localPath } from '../files/localPaths';
import type { NormalForms } from '../files/normalForms';
import { shownData, shownEnvironment, shownModel } from '../shown/assets';
import { hostUri } from '../uploading/hostUri';
import { warnOfImage } from './deploymentAssets';
import { registerVersion } from './registerVersion';

type Source = Omit<DefinitionSource, 'currentFolder'>;

/** Registers a version of a model. */
export async function createModel(context: Context, source: Source): Promise<object> {
  const { workspace, currentFolder } = context;
  const definition = readDefinition('model', { ...source, currentFolder });
  const { value } = definition;
  const { name, version, path } = value;
  await definition.check(['path'], () => checkModelPath(definition.folder, value));
  definition.refuseFaults();
  definition.warnOfUnused(context.terminal);
  const asset = { kind: 'models', name, version } as const;
  const uri = await hostUri(context, uriOf(definition.folder, path), { kind: 'model', name });
  const body = modelBody(value, uri);
  return shownModel(name, await registerVersion<AnsweredModel>(workspace, asset, body));
}

/** A path of this machine is looked at; what lies elsewhere only the host knows. */
async function checkModelPath(
  folder: string,
  { name, path: written, type }: NormalForms['model'],
): Promise<void> {
  if (isLink(written)) return;
  if (isRemote(written)) {
    const reason = 'a model is registered from a file or folder, or from where one lies in a datastore';
    throw failure('UriInvalid', { uri: written, reason });
  }
  const path = localPath(folder, written);
  const [first] = await assetFiles({ kind: 'model', name, path });
  if (type !== 'mlflow_model') return;
  const mlflow = first !== '' ? await readMlflowModel(path, name) : undefined;
  if (mlflow === undefined) throw failure('MLmodelMissing', { model: name, path });
}

/** Registers a version of a data asset. */
export async function createData(context: Context, source: Source): Promise<object> {
  const { workspace, currentFolder } = context;
  const definition = readDefinition('data', { ...source, currentFolder });
  const { name, version } = definition.value;
  let properties: DataProperties = { dataUri: '' };
  await definition.check(['path'], () => ({ properties } = dataBody(definition.value, definition.folder)));
  definition.refuseFaults();
  const dataUri = await hostUri(context, properties.dataUri, { kind: 'data asset', name });
  const body = { properties: { ...properties, dataUri } };
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
  definition.warnOfUnused(context.terminal);
  warnOfImage(context, `environment '${name}'`, definition.value.image);
  const body = environmentBody(definition.value, await environmentFiles(definition.folder, definition.value));
  const asset = { kind: 'environments', name, version } as const;
  return shownEnvironment(name, await registerVersion<AnsweredEnvironment>(workspace, asset, body));
}
