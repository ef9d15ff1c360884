import { pathToFileURL } from 'node:url';
import type { EnvironmentFiles } from '../../shared/registry/environmentDefinition';
import { notificationBodies } from '../../shared/notifications/notificationBodies';
import { parseNameReference } from '../../shared/registry/references';
import type {
  ComputeFile,
  DatastoreFile,
  DeploymentSettings,
  InvocationFile,
} from '../../shared/schemas/files/generated';
import { inDatastore, isRemote, localPath, neededPath } from './localPaths';
import type { DeploymentDefinition, InlineModel, NormalForms } from './normalForms';

/** Where something lies, as a host is told: a URI of this machine, or what is elsewhere as it is written. */
export function uriOf(folder: string, path: string): string {
  return isRemote(path) ? path : pathToFileURL(localPath(folder, path)).href;
}

/** The body that registers a model from where it lies now. */
export function modelBody(model: Partial<NormalForms['model']> | InlineModel, modelUri: string): object {
  const { type, description, tags, properties } = model;
  const stage = 'stage' in model ? model.stage : undefined;
  return { properties: { modelUri, modelType: type, description, tags, properties, stage } };
}

/** The properties of a data asset, as they are registered. */
export interface DataProperties {
  readonly dataUri: string;
}

/** The body that registers a data asset. A local path is looked at, and says by itself whether it is a folder. */
export function dataBody(data: NormalForms['data'], folder: string): { readonly properties: DataProperties } {
  const { name, type, datastore, description, tags, properties } = data;
  const path = datastore === undefined ? data.path : inDatastore(datastore, data.path);
  const dataType = type ?? (isRemote(path) ? undefined : typeOfLocal(localPath(folder, path), name));
  if (type !== undefined && !isRemote(path)) neededPath(localPath(folder, path), 'data asset', name);
  const told = { dataType, description, tags, properties };
  return { properties: { dataUri: uriOf(folder, path), ...told } };
}

function typeOfLocal(path: string, name: string): 'uri_file' | 'uri_folder' {
  return neededPath(path, 'data asset', name) === 'file' ? 'uri_file' : 'uri_folder';
}

/** The body that registers an environment; `files` are the texts that define it. */
export function environmentBody(
  environment: Partial<NormalForms['environment']>,
  files: EnvironmentFiles,
): object {
  const { image, description, tags, properties } = environment;
  return { properties: { ...files, image, description, tags, properties } };
}

/** The body of a compute. */
export function computeBody(compute: ComputeFile): object {
  const {
    min_instances: minNodeCount,
    max_instances: maxNodeCount,
    size: vmSize,
    description,
    tags,
  } = compute;
  return {
    tags,
    properties: { description, properties: { vmSize, scaleSettings: { minNodeCount, maxNodeCount } } },
  };
}

/** The body of a datastore. */
export function datastoreBody(datastore: DatastoreFile, folder: string): object {
  const { description, tags, path, credentials } = datastore;
  const datastoreType = datastore.type === 'azure_blob' ? 'AzureBlob' : 'LocalFolder';
  const place =
    datastore.type === 'azure_blob'
      ? {
          accountName: datastore.account_name,
          containerName: datastore.container_name,
          endpoint: datastore.endpoint,
          protocol: datastore.protocol,
          credentials: credentials && credentialsBody(credentials),
        }
      : { folder: localPath(folder, path ?? '') };
  return { tags, properties: { datastoreType, description, ...place } };
}

function credentialsBody({
  account_key: key,
  sas_token: sasToken,
}: DatastoreFile['credentials'] & object): object {
  const credentialsType = key !== undefined ? 'AccountKey' : sasToken !== undefined ? 'Sas' : 'None';
  return { credentialsType, secrets: { key, sasToken } };
}

/** The assets of a deployment, as references. */
export interface DeploymentAssets {
  readonly model: string | undefined;
  readonly code: string | undefined;
  readonly environment: string | undefined;
}

/** The body of a deployment, or of a change of one: what is left out is not in it. */
export function deploymentBody(deployment: Partial<DeploymentDefinition>, assets: DeploymentAssets): object {
  const { description, tags, properties, compute, instance_count: instanceCount } = deployment;
  const { code_configuration: code } = deployment;
  return {
    tags,
    properties: {
      description,
      properties,
      model: assets.model === undefined ? undefined : { referenceType: 'Id', assetId: assets.model },
      codeConfiguration: code && { codeId: assets.code, scoringScript: code.scoring_script },
      environmentId: assets.environment,
      compute: compute === undefined ? undefined : `azureml:${parseNameReference('computes', compute)}`,
      resources: instanceCount === undefined ? undefined : { instanceCount },
      ...settingsBody(deployment),
      notifications: deployment.notifications && notificationBodies(deployment.notifications),
    },
  };
}

/** The properties of an invocation, but its input and output. */
export function invocationBody(value: Omit<InvocationFile, 'inputs' | 'outputs'>): object {
  const { experiment_name: experimentName, description, tags, properties } = value;
  const { instance_count: instanceCount, include, exclude, notifications } = value;
  return {
    experimentName,
    description,
    tags,
    properties,
    ...settingsBody(value),
    notifications: notifications && notificationBodies(notifications),
    ...(include === undefined && exclude === undefined ? {} : { inputFilter: { include, exclude } }),
    ...(instanceCount === undefined ? {} : { compute: { instanceCount } }),
  };
}

/** The settings that deployments and invocations share. */
export function settingsBody(settings: DeploymentSettings): object {
  const { retry_settings: retries, logging_level: level, output_action: action } = settings;
  return {
    miniBatchSize: settings.mini_batch_size,
    maxConcurrencyPerInstance: settings.max_concurrency_per_instance,
    outputAction: action && { append_row: 'AppendRow', summary_only: 'SummaryOnly' }[action],
    outputFileName: settings.output_file_name,
    retrySettings: retries && {
      maxRetries: retries.max_retries,
      timeout: retries.timeout === undefined ? undefined : `PT${retries.timeout}S`,
    },
    errorThreshold: settings.error_threshold,
    loggingLevel: level && `${level.charAt(0).toUpperCase()}${level.slice(1).toLowerCase()}`,
    environmentVariables: settings.environment_variables,
    outputOptions: settings.output && outputOptionsBody(settings.output),
    miniBatch: settings.mini_batch,
    unsupportedTypes: settings.unsupported_types,
    workerMemory: settings.worker_memory,
    allowPythonMismatch: settings.allow_python_mismatch,
  };
}

function outputOptionsBody({
  formula_escape: formulaEscape,
  ...options
}: NonNullable<DeploymentSettings['output']>): object {
  return { ...options, formulaEscape };
}
