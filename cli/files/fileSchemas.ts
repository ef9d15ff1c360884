import { schemaChecker } from '../../shared/schemas/schemaChecker';
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
} from '../../shared/schemas/files/generated';
import invocation from '../../shared/schemas/files/invocation.schema.json';
import model from '../../shared/schemas/files/model.schema.json';

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
}

export type DefinitionKind = keyof Definitions;

/** What of a deployment can be changed: anything, and nothing has to be. */
const deploymentUpdate = { ...batchDeployment, $id: 'deploymentUpdate.schema.json', required: [] };

/** Defaults are the host's, so that what a file leaves out is left to it. */
const options = { referenced: [deploymentSettings, batchDeployment], fillsDefaults: false } as const;

/** The check of each kind of definition against its schema. */
export const fileChecks: {
  readonly [Kind in DefinitionKind]: ReturnType<typeof schemaChecker<Definitions[Kind]>>;
} = {
  batchEndpoint: schemaChecker(batchEndpoint, options),
  batchDeployment: schemaChecker(batchDeployment, options),
  deploymentUpdate: schemaChecker(deploymentUpdate, options),
  endpointUpdate: schemaChecker(endpointUpdate, options),
  invocation: schemaChecker(invocation, options),
  model: schemaChecker(model, options),
  data: schemaChecker(data, options),
  environment: schemaChecker(environment, options),
  compute: schemaChecker(compute, options),
  datastore: schemaChecker(datastore, options),
};
