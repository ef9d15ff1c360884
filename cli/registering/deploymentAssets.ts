import { pathToFileURL } from 'node:url';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';
import type { BatchDeploymentFile } from '../../shared/schemas/files/generated';
import { isServerError } from '../client/serverError';
import type { Context } from '../context';
import { environmentBody, imageOf, modelBody, type DeploymentAssets } from '../files/bodies';
import type { LocalAsset } from '../files/assetFiles';
import { folderHash } from '../files/contentHash';
import { condaText } from '../files/deploymentChecks';
import { localPath } from '../files/localPaths';
import { isReference, referenceOf } from './references';
import { registerVersion } from './registerVersion';

/** Registers what a deployment brings along: its model, its code, its environment. Paths start from `folder`. */
export async function registerAssets(
  context: Context,
  deployment: BatchDeploymentFile,
  folder: string,
): Promise<DeploymentAssets> {
  return {
    model: await registerModel(context, deployment.model, folder),
    code: await registerCode(context, deployment, folder),
    environment: await registerEnvironment(context, deployment.environment, folder),
  };
}

/** Says that an image is not used, where scripts run on this machine. */
export function warnOfImage(context: Context, name: string, image: string | undefined): void {
  if (image === undefined || !context.hasOwnHost) return;
  context.terminal.warn(
    `The image '${image}' of environment '${name}' is not used on this machine: scripts run in a Python environment made from its conda file.`,
  );
}

async function registerModel(
  { workspace }: Context,
  model: BatchDeploymentFile['model'],
  folder: string,
): Promise<string> {
  if (typeof model === 'string' || model.local_path === undefined) return referenceOf(model);
  const body = modelBody(model, localPath(folder, model.local_path));
  return register(workspace, { kind: 'models', name: model.name, version: model.version }, body);
}

/** Code has no name of its own: it gets one from its content, so that the same code is one asset. */
async function registerCode(
  { workspace }: Context,
  { code_configuration: code, name: deployment }: BatchDeploymentFile,
  folder: string,
): Promise<string | undefined> {
  if (code === undefined) return undefined;
  const path = localPath(folder, code.code.local_path);
  const name = `code-${(await hashOf({ kind: 'code', name: deployment, path })).slice(0, 16)}`;
  const body = { properties: { codeUri: pathToFileURL(path).href, isAnonymous: true } };
  const first = { kind: 'codes', name, version: '1' } as const;
  try {
    return await register(workspace, first, body);
  } catch (error) {
    if (!isServerError(error, 'VersionExists')) throw error;
    // The files changed between the hash and the copy, once: then this content is the next version.
    return register(workspace, { ...first, version: undefined }, body);
  }
}

async function hashOf(asset: LocalAsset): Promise<string> {
  try {
    return await folderHash(asset);
  } catch (error) {
    if (isFailure(error)) throw error;
    throw failure('AssetPathMissing', { ...asset, reason: systemErrorReason(error) }, { cause: error });
  }
}

async function registerEnvironment(
  context: Context,
  environment: BatchDeploymentFile['environment'],
  folder: string,
): Promise<string | undefined> {
  if (environment === undefined) return undefined;
  if (typeof environment === 'string' || isReference(environment)) return referenceOf(environment);
  const { name, version } = environment;
  warnOfImage(context, name, imageOf(environment));
  const body = environmentBody(environment, await condaText(folder, environment));
  return register(context.workspace, { kind: 'environments', name, version }, body);
}

async function register(
  workspace: Context['workspace'],
  asset: Parameters<typeof registerVersion>[1],
  body: object,
): Promise<string> {
  const { name: version } = await registerVersion<{ name: string }>(workspace, asset, body);
  return `azureml:${asset.name}:${version}`;
}
