import { createHash } from 'node:crypto';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';
import { isServerError } from '../client/serverError';
import type { Context } from '../context';
import { environmentBody, modelBody, uriOf, type DeploymentAssets } from '../files/bodies';
import { folderHash } from '../files/contentHash';
import { environmentFiles } from '../files/environmentFiles';
import { isCodeReference, isRemote, localPath } from '../files/localPaths';
import type { DeploymentDefinition } from '../files/normalForms';
import { hostUri } from '../uploading/hostUri';
import { isReference, referenceOf } from './references';
import { registerVersion } from './registerVersion';

/**
 * Registers what a deployment brings along: its model, its code, its environment. Paths start from `folder`. What a
 * change of a deployment leaves out is not there.
 */
export async function registerAssets(
  context: Context,
  deployment: Partial<DeploymentDefinition>,
  folder: string,
): Promise<DeploymentAssets> {
  return {
    model: await registerModel(context, deployment, folder),
    code: await registerCode(context, deployment, folder),
    environment: await registerEnvironment(context, deployment, folder),
  };
}

/** Says that an image is not used, where scripts run on this machine. */
export function warnOfImage(context: Context, environment: string, image: string | undefined): void {
  if (image === undefined || !context.hasOwnHost) return;
  context.terminal.warn(
    `The image '${image}' of ${environment} is not used on this machine: scripts run in a Python environment made from its conda file.`,
  );
}

async function registerModel(
  context: Context,
  { name: deployment = '', model }: Partial<DeploymentDefinition>,
  folder: string,
): Promise<string | undefined> {
  if (model === undefined) return undefined;
  if (typeof model === 'string' || model.path === undefined) return referenceOf(model);
  const { name, version, path } = model;
  const { workspace } = context;
  const used = { kind: 'model', name: name ?? deployment } as const;
  const body = modelBody(model, await hostUri(context, uriOf(folder, path), used));
  if (name !== undefined) return register(workspace, { kind: 'models', name, version }, body);
  const hash = await hashOf({ kind: 'model', name: deployment, path }, folder);
  return registerByContent(workspace, 'models', `model-${hash}`, body);
}

async function registerCode(
  context: Context,
  { code_configuration: code, name: deployment = '' }: Partial<DeploymentDefinition>,
  folder: string,
): Promise<string | undefined> {
  if (code === undefined) return undefined;
  const path = code.code;
  if (isCodeReference(path)) return path;
  const hash = await hashOf({ kind: 'code', name: deployment, path }, folder);
  const codeUri = await hostUri(context, uriOf(folder, path), { kind: 'code', name: deployment });
  const body = { properties: { codeUri, isAnonymous: true } };
  return registerByContent(context.workspace, 'codes', `code-${hash}`, body);
}

async function registerEnvironment(
  context: Context,
  { environment, name: deployment = '' }: Partial<DeploymentDefinition>,
  folder: string,
): Promise<string | undefined> {
  if (environment === undefined) return undefined;
  if (typeof environment === 'string' || isReference('environments', environment)) {
    return referenceOf(environment);
  }
  const { name, version, image } = environment;
  const files = await environmentFiles(folder, { ...environment, name: name ?? deployment });
  const body = environmentBody(environment, files);
  const what = name === undefined ? `the environment of deployment '${deployment}'` : `environment '${name}'`;
  warnOfImage(context, what, image);
  if (name !== undefined) return register(context.workspace, { kind: 'environments', name, version }, body);
  const { condaFile, ...others } = files;
  const further = Object.keys(others).length === 0 ? [] : [others];
  const hash = shortHash(JSON.stringify([condaFile, image, ...further]));
  return registerByContent(context.workspace, 'environments', `environment-${hash}`, body);
}

/** What has no name of its own gets one from its content, so that the same content is one asset. */
async function registerByContent(
  workspace: Context['workspace'],
  kind: 'models' | 'codes' | 'environments',
  name: string,
  body: object,
): Promise<string> {
  const first = { kind, name, version: '1' };
  try {
    return await register(workspace, first, body);
  } catch (error) {
    if (!isServerError(error, 'VersionExists')) throw error;
    // The files changed between the hash and the copy, once: then this content is the next version.
    return register(workspace, { ...first, version: undefined }, body);
  }
}

/** A short hash of a file or folder; of one elsewhere, of where it lies. */
async function hashOf(asset: Parameters<typeof folderHash>[0], folder: string): Promise<string> {
  if (isRemote(asset.path)) return shortHash(asset.path);
  const local = { ...asset, path: localPath(folder, asset.path) };
  try {
    return (await folderHash(local)).slice(0, 16);
  } catch (error) {
    if (isFailure(error)) throw error;
    throw failure('AssetPathMissing', { ...local, reason: systemErrorReason(error) }, { cause: error });
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function register(
  workspace: Context['workspace'],
  asset: Parameters<typeof registerVersion>[1],
  body: object,
): Promise<string> {
  const { name: version } = await registerVersion<{ name: string }>(workspace, asset, body);
  return `azureml:${asset.name}:${version}`;
}
