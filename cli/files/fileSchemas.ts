import type { SchemaObject } from 'ajv';
import { schemaChecker, type Checked } from '../../shared/schemas/schemaChecker';
import batchDeployment from '../../shared/schemas/files/batchDeployment.schema.json';
import deploymentSettings from '../../shared/schemas/files/deploymentSettings.schema.json';
import batchEndpoint from '../../shared/schemas/files/batchEndpoint.schema.json';
import compute from '../../shared/schemas/files/compute.schema.json';
import data from '../../shared/schemas/files/data.schema.json';
import datastore from '../../shared/schemas/files/datastore.schema.json';
import endpointUpdate from '../../shared/schemas/files/endpointUpdate.schema.json';
import environment from '../../shared/schemas/files/environment.schema.json';
import type {
  BatchDeploymentFile,
  BatchEndpointFile,
  ComputeFile,
  DataFile,
  DatastoreFile,
  EndpointUpdate,
  EnvironmentFile,
  InvocationFile,
  ModelFile,
  ScheduleFile,
  TriggerFile,
} from '../../shared/schemas/files/generated';
import invocation from '../../shared/schemas/files/invocation.schema.json';
import model from '../../shared/schemas/files/model.schema.json';
import notification from '../../shared/schemas/files/notification.schema.json';
import schedule from '../../shared/schemas/files/schedule.schema.json';
import trigger from '../../shared/schemas/files/trigger.schema.json';

/** What the kinds of definitions hold. */
export interface Definitions {
  readonly batchEndpoint: BatchEndpointFile;
  readonly batchDeployment: BatchDeploymentFile;
  readonly deploymentUpdate: Partial<BatchDeploymentFile>;
  readonly endpointUpdate: EndpointUpdate;
  readonly invocation: InvocationFile;
  readonly model: ModelFile;
  readonly data: DataFile;
  readonly environment: EnvironmentFile;
  readonly compute: ComputeFile;
  readonly datastore: DatastoreFile;
  readonly schedule: ScheduleFile;
  readonly trigger: TriggerFile;
}

export type DefinitionKind = keyof Definitions;

/** What of a deployment can be changed: anything, and nothing has to be. */
const deploymentUpdate = { ...batchDeployment, $id: 'deploymentUpdate.schema.json', required: [] };

/** The schema of each kind of definition. */
export const fileSchemas = {
  batchEndpoint,
  batchDeployment,
  deploymentUpdate,
  endpointUpdate,
  invocation,
  model,
  data,
  environment,
  compute,
  datastore,
  schedule,
  trigger,
} as const satisfies Record<DefinitionKind, SchemaObject>;

/** The schemas that these refer to. */
export const referencedSchemas: readonly SchemaObject[] = [
  deploymentSettings,
  batchDeployment,
  notification,
  invocation,
];

/** Defaults are the host's, so that what a file leaves out is left to it. */
function fileCheck<Kind extends DefinitionKind>(kind: Kind): (value: unknown) => Checked<Definitions[Kind]> {
  return schemaChecker(fileSchemas[kind], { referenced: referencedSchemas, fillsDefaults: false });
}

/** The check of each kind of definition against its schema. */
export const fileChecks: {
  readonly [Kind in DefinitionKind]: (value: unknown) => Checked<Definitions[Kind]>;
} = {
  batchEndpoint: fileCheck('batchEndpoint'),
  batchDeployment: fileCheck('batchDeployment'),
  deploymentUpdate: fileCheck('deploymentUpdate'),
  endpointUpdate: fileCheck('endpointUpdate'),
  invocation: fileCheck('invocation'),
  model: fileCheck('model'),
  data: fileCheck('data'),
  environment: fileCheck('environment'),
  compute: fileCheck('compute'),
  datastore: fileCheck('datastore'),
  schedule: fileCheck('schedule'),
  trigger: fileCheck('trigger'),
};
