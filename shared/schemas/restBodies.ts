import type { SchemaObject } from 'ajv';
import { failure, TerminalError } from '../errors/batchpointError';
import { canonicalBody } from './canonicalBody';
import { fieldOf, type SchemaFault } from './explain';
import assetContainer from './rest/assetContainer.schema.json';
import batchDeploymentFile from './rest/batchDeployment.schema.json';
import batchEndpoint from './rest/batchEndpoint.schema.json';
import codeVersion from './rest/codeVersion.schema.json';
import compute from './rest/compute.schema.json';
import dataVersion from './rest/dataVersion.schema.json';
import dataUris from './rest/dataUris.schema.json';
import datastore from './rest/datastore.schema.json';
import environmentVersion from './rest/environmentVersion.schema.json';
import type {
  AssetContainerResource,
  BatchDeploymentResource,
  BatchEndpointResource,
  BatchJobResource,
  CodeVersionResource,
  ComputeResource,
  DataUrisRequest,
  DataVersionResource,
  DatastoreResource,
  EnvironmentVersionResource,
  GarbageCollectionRequest,
  JobLabelsResource,
  ModelVersionResource,
  PendingUploadRequest,
  RunChange,
  RunDataRequest,
  ScheduleResource,
  TriggerResource,
  ScheduleTriggerRequest,
} from './rest/generated';
import garbageCollection from './rest/garbageCollection.schema.json';
import jobFile from './rest/job.schema.json';
import jobLabels from './rest/jobLabels.schema.json';
import modelVersion from './rest/modelVersion.schema.json';
import notification from './rest/notification.schema.json';
import pendingUpload from './rest/pendingUpload.schema.json';
import runChange from './rest/runChange.schema.json';
import runData from './rest/runData.schema.json';
import scheduleFile from './rest/schedule.schema.json';
import triggerFile from './rest/trigger.schema.json';
import scheduleTrigger from './rest/scheduleTrigger.schema.json';
import { schemaChecker } from './schemaChecker';
import { wholeSchema } from './wholeSchema';

const job = wholeSchema(jobFile, { 'notification.schema.json': notification });

/** Schemas that stand in those of bodies, wholly or in part, by the names of their files. */
const parts = { 'notification.schema.json': notification, 'job.schema.json': job };

const batchDeployment = wholeSchema(batchDeploymentFile, parts);
const trigger = wholeSchema(triggerFile, parts);
const schedule = wholeSchema(scheduleFile, parts);

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
  schedule: bodyCheck<ScheduleResource>(schedule),
  trigger: bodyCheck<TriggerResource>(trigger),
  scheduleTrigger: bodyCheck<ScheduleTriggerRequest>(scheduleTrigger),
  pendingUpload: bodyCheck<PendingUploadRequest>(pendingUpload),
  runChange: bodyCheck<RunChange>(runChange),
  runData: bodyCheck<RunDataRequest>(runData),
  dataUris: bodyCheck<DataUrisRequest>(dataUris),
  garbageCollection: bodyCheck<GarbageCollectionRequest>(garbageCollection),
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
  schedule,
  trigger,
  scheduleTrigger,
  pendingUpload,
  runChange,
  runData,
  dataUris,
  garbageCollection,
};

/** A merge patch in the spelling of the schema of its body: what it makes is checked later. */
export function restPatch(name: BodyName, patch: unknown): unknown {
  const { value, faults } = canonicalBody(patch, bodySchemas[name], true);
  if (faults.length > 0) throw bodyInvalid(faults);
  return value;
}

function bodyCheck<T>(schema: SchemaObject): (body: unknown) => T {
  const check = schemaChecker<T>(schema);
  return (body) => {
    const { value, faults } = canonicalBody(body, schema);
    const checked = check(value);
    if ('value' in checked && faults.length === 0) return checked.value;
    throw bodyInvalid([...faults, ...('faults' in checked ? checked.faults : [])]);
  };
}

/** So many faults of one body are told, and so many characters of each. */
const mostFaults = 50;
const longestFault = 1_000;

function bodyInvalid(faults: readonly SchemaFault[]): Error {
  const [refused] = faults.filter(({ code }) => code !== undefined);
  if (refused?.code !== undefined)
    return new TerminalError(refused.code, refused.message, { field: fieldOf(refused.path) }, []);
  const details = faults.slice(0, mostFaults).map(({ path, message }) => ({
    code: 'BodyInvalid',
    message: shortened(path.length === 0 ? message : `${fieldOf(path)}: ${message}`),
    ...(path.length === 0 ? {} : { target: shortened(fieldOf(path)) }),
  }));
  const first = details[0]?.message ?? 'it does not fit its schema';
  const target = details.find((one) => 'target' in one)?.target;
  return failure(
    'BodyInvalid',
    { fault: first },
    { details, place: target === undefined ? {} : { field: target } },
  );
}

function shortened(text: string): string {
  return text.length > longestFault ? `${text.slice(0, longestFault)}...` : text;
}
