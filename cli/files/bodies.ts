import { pathToFileURL } from 'node:url';
import { parseNameReference } from '../../shared/registry/references';
import type {
  BatchDeploymentFile,
  ComputeFile,
  DataFile,
  DatastoreFile,
  EnvironmentFile,
  InvocationSettings,
  ModelFile,
} from '../../shared/schemas/files/generated';
import { isRemote, localPath, neededPath } from './localPaths';

/** The body that registers a model; `path` is absolute. */
export function modelBody(
  { type, description, tags }: Omit<ModelFile, 'name' | 'path'>,
  path: string,
): object {
  return { properties: { modelUri: pathToFileURL(path).href, modelType: type, description, tags } };
}

/** The body that registers a data asset. A local path is looked at, and says by itself whether it is a folder. */
export function dataBody({ name, type, path, description, tags }: DataFile, folder: string): object {
  if (isRemote(path)) return { properties: { dataUri: path, dataType: type, description, tags } };
  const local = localPath(folder, path);
  const found = neededPath(local, 'data asset', name);
  const dataType = type ?? (found === 'file' ? 'uri_file' : 'uri_folder');
  return { properties: { dataUri: pathToFileURL(local).href, dataType, description, tags } };
}

/** The body that registers an environment; `condaFile` is the text of its conda file. */
export function environmentBody(
  environment: Omit<EnvironmentFile, 'name'>,
  condaFile: string | undefined,
): object {
  const { description, tags } = environment;
  return { properties: { condaFile, image: imageOf(environment), description, tags } };
}

/** The container image that an environment names. */
export function imageOf({ image, docker }: Pick<EnvironmentFile, 'image' | 'docker'>): string | undefined {
  return image ?? docker?.image;
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
  readonly model: string;
  readonly code: string | undefined;
  readonly environment: string | undefined;
}

/** The body of a deployment. */
export function deploymentBody(deployment: BatchDeploymentFile, assets: DeploymentAssets): object {
  const { description, tags, compute, code_configuration: code } = deployment;
  const { instance_count: instanceCount } = compute;
  return {
    tags,
    properties: {
      description,
      model: { referenceType: 'Id', assetId: assets.model },
      codeConfiguration: code && { codeId: assets.code, scoringScript: code.scoring_script },
      environmentId: assets.environment,
      compute: `azureml:${parseNameReference('computes', compute.target)}`,
      resources: { instanceCount },
      ...settingsBody(deployment),
    },
  };
}

/** The settings that deployments and invocations share. */
export function settingsBody(settings: Omit<InvocationSettings, 'instance_count'>): object {
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
  };
}
