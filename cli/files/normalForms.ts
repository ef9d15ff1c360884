import type {
  BatchDeploymentFile,
  BatchEndpointFile,
  DataFile,
  DeploymentSettings,
  EnvironmentFile,
  ModelFile,
  NotificationFiles,
} from '../../shared/schemas/files/generated';
import deploymentSettings from '../../shared/schemas/files/deploymentSettings.schema.json';
import type { DefinitionKind, Definitions } from './fileSchemas';
import type { MovedKeys } from './movedKeys';

type Path = readonly (string | number)[];

/** A model that a deployment defines in place. */
export type InlineModel = Omit<Exclude<BatchDeploymentFile['model'], string>, 'local_path'>;

/** An environment that a deployment defines in place. */
export type InlineEnvironment = Omit<
  Exclude<NonNullable<BatchDeploymentFile['environment']>, string>,
  'docker'
>;

/** A deployment as the code knows it, whichever generation of files it comes from. */
export interface DeploymentDefinition extends DeploymentSettings {
  readonly name: string;
  readonly endpoint_name?: string;
  readonly description?: string;
  readonly tags?: Record<string, string>;
  readonly properties?: Record<string, string>;
  readonly model: string | InlineModel;
  readonly code_configuration?: { readonly code: string; readonly scoring_script: string };
  readonly environment?: string | InlineEnvironment;
  readonly compute: string;
  readonly instance_count?: number;
  readonly notifications?: NotificationFiles;
}

/** An endpoint as the code knows it. */
export interface EndpointDefinition extends Omit<BatchEndpointFile, 'deployments'> {
  readonly deployments?: readonly DeploymentDefinition[];
}

/** What the kinds of definitions are, once they are in the one form that the code knows. */
export interface NormalForms extends Omit<
  Definitions,
  'batchEndpoint' | 'batchDeployment' | 'deploymentUpdate' | 'model' | 'data' | 'environment'
> {
  readonly batchEndpoint: EndpointDefinition;
  readonly batchDeployment: DeploymentDefinition;
  readonly deploymentUpdate: Partial<DeploymentDefinition>;
  readonly model: Omit<ModelFile, 'local_path'> & { readonly path: string };
  readonly data: Omit<DataFile, 'local_path' | 'paths'> & { readonly path: string };
  readonly environment: Omit<EnvironmentFile, 'docker'>;
}

/** How each kind gets into its one form. What does not fit its schema stays as it is. */
const normalisers: Partial<Record<DefinitionKind, (keys: MovedKeys) => void>> = {
  batchEndpoint: (keys) => {
    const { deployments } = keys.value;
    if (!Array.isArray(deployments)) return;
    for (const i of deployments.keys()) normaliseDeployment(keys, ['deployments', i]);
  },
  batchDeployment: (keys) => normaliseDeployment(keys, []),
  deploymentUpdate: (keys) => normaliseDeployment(keys, []),
  model: (keys) => keys.move(['local_path'], ['path']),
  data: normaliseData,
  environment: (keys) => keys.move(['docker', 'image'], ['image']),
  schedule: (keys) => keys.move(['trigger', 'schedule', 'week_days'], ['trigger', 'schedule', 'weekdays']),
};

/** Brings a definition into the one form of its kind, whichever generation it is written in. */
export function normalise(kind: DefinitionKind, keys: MovedKeys): void {
  normalisers[kind]?.(keys);
}

/** A folder or a file of the list of 2021 says by its key which of them it is, unless the type does. */
function normaliseData(keys: MovedKeys): void {
  const isFile = Array.isArray(keys.value['paths']) && 'file' in Object(keys.value['paths'][0]);
  if (isFile && !Object.hasOwn(keys.value, 'type')) keys.value['type'] = 'uri_file';
  keys.move(['local_path'], ['path']);
  keys.move(['paths', 0, 'folder'], ['path']);
  keys.move(['paths', 0, 'file'], ['path']);
}

function normaliseDeployment(keys: MovedKeys, at: Path): void {
  const move = (from: string, to: string): void =>
    keys.move([...at, ...from.split('.')], [...at, ...to.split('.')]);
  move('model.local_path', 'model.path');
  move('environment.docker.image', 'environment.image');
  move('resources.instance_count', 'instance_count');
  move('compute.instance_count', 'instance_count');
  keys.unwrap([...at, 'compute'], 'target');
  keys.unwrap([...at, 'code_configuration', 'code'], 'local_path');
  for (const setting of Object.keys(deploymentSettings.properties)) move(`settings.${setting}`, setting);
}
