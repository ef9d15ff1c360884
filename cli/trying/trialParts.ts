import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import { settingsOf } from '../../shared/invocation/settingsOf';
import { deploymentSettings } from '../../shared/registry/deploymentChecks';
import { readEnvironment, type EnvironmentContent } from '../../shared/registry/environments';
import { parseAssetReference, type AssetKind } from '../../shared/registry/references';
import { restBodies } from '../../shared/schemas/restBodies';
import type { TrialParts } from '../../shared/trying/trial';
import type { AnsweredEnvironment } from '../client/resources';
import type { Context } from '../context';
import { deploymentBody, environmentBody } from '../files/bodies';
import { draftDefinition, type DefinitionSource } from '../files/definition';
import { checkDeployment } from '../files/deploymentChecks';
import { environmentFiles } from '../files/environmentFiles';
import { isRemote, localPath } from '../files/localPaths';
import type { DeploymentDefinition } from '../files/normalForms';
import { warnOfImage } from '../registering/deploymentAssets';
import { isReference, referenceOf } from '../registering/references';
import { versionPath, type VersionChoice } from '../registering/wantedVersion';

/** Where a deployment is read from, and where what only a host has is put. */
export interface TrialSource extends Omit<DefinitionSource, 'currentFolder'> {
  /** A folder of the trial's own, for a model that is downloaded. */
  readonly downloads: string;
}

/**
 * Reads the file of a deployment and finds its parts on this machine. A host is asked only for a model or an environment
 * that is registered. All faults of the file are told at once, as where it is created. Fails with `TrialPartElsewhere`.
 */
export async function readTrialParts(
  context: Context,
  { downloads, ...source }: TrialSource,
): Promise<TrialParts> {
  const { currentFolder, terminal } = context;
  const definition = draftDefinition('batchDeployment', { ...source, currentFolder });
  const { value, folder } = definition;
  await checkDeployment(definition, value, []);
  definition.refuseFaults();
  definition.warnOfUnused(terminal);
  const { name, code_configuration: code } = value;
  const environment = await environmentOf(context, value, folder);
  return {
    name,
    model: await modelOf(context, value, { folder, downloads }),
    ...(code === undefined
      ? {}
      : { code: { folder: localPart('code', code.code, folder), script: code.scoring_script } }),
    ...(environment === undefined ? {} : { environment }),
    settings: jobSettings(value),
  };
}

/** The settings of a job of this deployment, by the same way that they take through a host. */
function jobSettings(deployment: DeploymentDefinition): TrialParts['settings'] {
  const reference = 'azureml:trial:1';
  const assets = { model: reference, code: reference, environment: undefined };
  const body: unknown = JSON.parse(JSON.stringify(deploymentBody(deployment, assets)));
  const { properties } = restBodies.batchDeployment(body);
  const { environmentVariables } = properties;
  return settingsOf({ settings: deploymentSettings(properties), environmentVariables }, {});
}

async function modelOf(
  context: Context,
  { model }: DeploymentDefinition,
  { folder, downloads }: { readonly folder: string; readonly downloads: string },
): Promise<TrialParts['model']> {
  if (typeof model !== 'string' && model.path !== undefined) {
    return { path: localPart('model', model.path, folder), type: model.type ?? 'custom_model' };
  }
  const { name, version } = choiceOf('models', referenceOf(model));
  const { downloadModel } = await import('../downloading/downloadModel.js');
  await downloadModel(context, { kind: 'models', name, version }, downloads);
  // What was registered lies in a folder of the model's name, as the one entry of it.
  const [entry = ''] = await readdir(join(downloads, name));
  return { path: join(downloads, name, entry), type: 'custom_model' };
}

async function environmentOf(
  context: Context,
  { name: deployment, environment }: DeploymentDefinition,
  folder: string,
): Promise<EnvironmentContent | undefined> {
  if (environment === undefined) return undefined;
  if (typeof environment === 'string' || isReference('environments', environment)) {
    const choice = choiceOf('environments', referenceOf(environment));
    const path = await versionPath(context.workspace, choice);
    const { properties } = await context.workspace.get<AnsweredEnvironment>(path);
    return readEnvironment(choice.name, properties);
  }
  const name = environment.name ?? deployment;
  warnOfImage(context, `the environment of deployment '${deployment}'`, environment.image);
  const body = environmentBody(environment, await environmentFiles(folder, { ...environment, name }));
  const sent: unknown = JSON.parse(JSON.stringify(body));
  return readEnvironment(name, restBodies.environmentVersion(sent).properties);
}

function choiceOf(kind: AssetKind, reference: string): VersionChoice {
  const { name, version } = parseAssetReference(kind, reference);
  return { kind, name, version };
}

function localPart(part: 'model' | 'code', path: string, folder: string): string {
  if (isRemote(path)) throw failure('TrialPartElsewhere', { part, path });
  return localPath(folder, path);
}
