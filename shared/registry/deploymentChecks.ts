import type { Notification } from '../notifications/notification';
import { checkOutputOptions } from '../outputs/outputOptionsCheck';
import { limitsOf } from '../scoring/scorerLimits';
import type { BatchDeploymentResource } from '../schemas/rest/generated';
import type { Deployment, DeploymentSettings } from './deployments';
import { furtherSettings } from './furtherSettings';
import { scriptlessKind } from './models';
import { parseAssetReference, parseNameReference } from './references';
import type { Registry } from './registry';
import { checkScript } from './scriptCheck';

/**
 * Turns the body of a deployment into what is stored: every reference is resolved and pinned, and what can be
 * known before a job runs is checked; `notifications` are those of the body, checked. Fails with `ResourceNotFound`, `VersionNotFound`, `ScriptMissing`,
 * `ScriptWithoutRun`, `ScriptNeeded`, `FlavorMissing`, `VariableInvalid`.
 */
export async function checkedDeployment(
  registry: Registry,
  name: string,
  resource: BatchDeploymentResource,
  createdAt: string,
  notifications: readonly Notification[] = [],
): Promise<Deployment> {
  const body = resource.properties;
  const compute = await registry.computes.get(parseNameReference('computes', body.compute));
  const model = await registry.models.versions.get(parseAssetReference('models', body.model.assetId));
  const settings = deploymentSettings(body);
  limitsOf({ ...settings, environmentVariables: body.environmentVariables });
  const code = await checkedCode(registry, body);
  if (code === undefined) scriptlessKind(model.value, { deployment: name, model: model.name });
  const environment =
    body.environmentId === undefined || body.environmentId === null
      ? undefined
      : await registry.environments.versions.get(parseAssetReference('environments', body.environmentId));
  return {
    ...(body.description === undefined || body.description === null ? {} : { description: body.description }),
    tags: resource.tags ?? {},
    properties: body.properties ?? {},
    model: pin(model),
    ...(code === undefined ? {} : { code }),
    ...(environment === undefined ? {} : { environment: pin(environment) }),
    environmentVariables: body.environmentVariables,
    compute: compute.name,
    settings,
    ...(notifications.length === 0 ? {} : { notifications }),
    createdAt,
  };
}

/** How a deployment scores, as its body says. Fails with `OutputOptionsMixed`, `OutputColumnTwice`. */
export function deploymentSettings(body: BatchDeploymentResource['properties']): DeploymentSettings {
  const { miniBatchSize, errorThreshold, retrySettings, loggingLevel } = body;
  const { maxConcurrencyPerInstance, outputAction, outputFileName } = body;
  checkOutputOptions(body.outputOptions);
  return {
    miniBatchSize,
    errorThreshold,
    retrySettings,
    loggingLevel,
    maxConcurrencyPerInstance,
    outputAction,
    outputFileName,
    instanceCount: body.resources.instanceCount,
    ...furtherSettings(body),
  };
}

async function checkedCode(
  registry: Registry,
  body: BatchDeploymentResource['properties'],
): Promise<Deployment['code']> {
  const configuration = body.codeConfiguration;
  if (configuration === undefined || configuration === null) return undefined;
  const code = await registry.codes.versions.get(parseAssetReference('codes', configuration.codeId));
  const { content } = code.value;
  const folder = await registry.folders.folder({ kind: 'code', name: code.name, content });
  await checkScript(`${folder}/${content.root}`, configuration.scoringScript);
  return { ...pin(code), scoringScript: configuration.scoringScript };
}

function pin({ name, version }: { name: string; version: string }): { name: string; version: string } {
  return { name, version };
}
