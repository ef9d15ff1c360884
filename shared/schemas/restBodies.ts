import type { SchemaObject } from 'ajv';
import { failure } from '../errors/batchpointError';
import { fieldOf, type SchemaFault } from './explain';
import { foldKeys } from './foldKeys';
import assetContainer from './rest/assetContainer.schema.json';
import batchDeployment from './rest/batchDeployment.schema.json';
import batchEndpoint from './rest/batchEndpoint.schema.json';
import codeVersion from './rest/codeVersion.schema.json';
import compute from './rest/compute.schema.json';
import dataVersion from './rest/dataVersion.schema.json';
import datastore from './rest/datastore.schema.json';
import environmentVersion from './rest/environmentVersion.schema.json';
import type {
  AssetContainerResource,
  BatchDeploymentResource,
  BatchEndpointResource,
  BatchJobResource,
  CodeVersionResource,
  ComputeResource,
  DataVersionResource,
  DatastoreResource,
  EnvironmentVersionResource,
  JobLabelsResource,
  ModelVersionResource,
} from './rest/generated';
import job from './rest/job.schema.json';
import jobLabels from './rest/jobLabels.schema.json';
import modelVersion from './rest/modelVersion.schema.json';
import { schemaChecker } from './schemaChecker';

/**
 * The checks of all bodies that clients send. Each takes the parsed JSON, with keys in any case, and gives it
 * back typed, keys as documented, defaults filled in; or fails with `BodyInvalid` that names every fault.
 */
export const restBodies = {
  batchEndpoint: bodyCheck<BatchEndpointResource>(batchEndpoint),
  batchDeployment: bodyCheck<BatchDeploymentResource>(batchDeployment),
  job: bodyCheck<BatchJobResource>(job),
  jobLabels: bodyCheck<JobLabelsResource>(jobLabels),
  modelVersion: bodyCheck<ModelVersionResource>(modelVersion),
  assetContainer: bodyCheck<AssetContainerResource>(assetContainer),
  codeVersion: bodyCheck<CodeVersionResource>(codeVersion),
  environmentVersion: bodyCheck<EnvironmentVersionResource>(environmentVersion),
  dataVersion: bodyCheck<DataVersionResource>(dataVersion),
  compute: bodyCheck<ComputeResource>(compute),
  datastore: bodyCheck<DatastoreResource>(datastore),
};

/** The bodies that clients send, by the names of their checks. */
export type BodyName = keyof typeof restBodies;

/** The schemas of those bodies. */
export const bodySchemas: Readonly<Record<BodyName, SchemaObject>> = {
  batchEndpoint,
  batchDeployment,
  job,
  jobLabels,
  modelVersion,
  assetContainer,
  codeVersion,
  environmentVersion,
  dataVersion,
  compute,
  datastore,
};

function bodyCheck<T>(schema: SchemaObject): (body: unknown) => T {
  const check = schemaChecker<T>(schema);
  return (body) => {
    const checked = check(foldKeys(body, schema));
    if ('value' in checked) return checked.value;
    throw bodyInvalid(checked.faults);
  };
}

function bodyInvalid(faults: readonly SchemaFault[]): Error {
  const details = faults.map(({ path, message }) => ({
    code: 'BodyInvalid',
    message: path.length === 0 ? message : `${fieldOf(path)}: ${message}`,
    ...(path.length === 0 ? {} : { target: fieldOf(path) }),
  }));
  const first = details[0]?.message ?? 'it does not fit its schema';
  const target = details.find((one) => 'target' in one)?.target;
  return failure(
    'BodyInvalid',
    { fault: first },
    { details, place: target === undefined ? {} : { field: target } },
  );
}
