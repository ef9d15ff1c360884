import { schemaChecker } from '../../shared/schemas/schemaChecker';
import batchDeployment from '../../shared/schemas/files/batchDeployment.schema.json';
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
  InvocationSettings,
  ModelFile,
} from '../../shared/schemas/files/generated';
import invocation from '../../shared/schemas/files/invocation.schema.json';
import model from '../../shared/schemas/files/model.schema.json';

/** What the kinds of definitions hold. */
export interface Definitions {
  readonly batchEndpoint: BatchEndpointFile;
  readonly batchDeployment: BatchDeploymentFile;
  readonly endpointUpdate: EndpointUpdate;
  readonly invocation: InvocationSettings;
  readonly model: ModelFile;
  readonly data: DataFile;
  readonly environment: EnvironmentFile;
  readonly compute: ComputeFile;
  readonly datastore: DatastoreFile;
}

export type DefinitionKind = keyof Definitions;

/** The check of each kind of definition against its schema. */
export const fileChecks: {
  readonly [Kind in DefinitionKind]: ReturnType<typeof schemaChecker<Definitions[Kind]>>;
} = {
  batchEndpoint: schemaChecker(batchEndpoint, [batchDeployment]),
  batchDeployment: schemaChecker(batchDeployment),
  endpointUpdate: schemaChecker(endpointUpdate),
  invocation: schemaChecker(invocation),
  model: schemaChecker(model),
  data: schemaChecker(data),
  environment: schemaChecker(environment),
  compute: schemaChecker(compute),
  datastore: schemaChecker(datastore),
};
