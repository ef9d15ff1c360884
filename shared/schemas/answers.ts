import assetContainer from './answers/assetContainer.schema.json';
import codeVersion from './answers/codeVersion.schema.json';
import compute from './answers/compute.schema.json';
import dataVersion from './answers/dataVersion.schema.json';
import datastore from './answers/datastore.schema.json';
import deployment from './answers/deployment.schema.json';
import endpoint from './answers/endpoint.schema.json';
import environmentVersion from './answers/environmentVersion.schema.json';
import errorBody from './answers/errorBody.schema.json';
import errorEnvelope from './answers/errorEnvelope.schema.json';
import health from './answers/health.schema.json';
import issuerMetadata from './answers/issuerMetadata.schema.json';
import job from './answers/job.schema.json';
import jobEvents from './answers/jobEvents.schema.json';
import jobFileList from './answers/jobFileList.schema.json';
import keySet from './answers/keySet.schema.json';
import landedFile from './answers/landedFile.schema.json';
import notification from './answers/notification.schema.json';
import modelVersion from './answers/modelVersion.schema.json';
import operationStatus from './answers/operationStatus.schema.json';
import resource from './answers/resource.schema.json';
import cloudMetadata from './answers/cloudMetadata.schema.json';
import dataUris from './answers/dataUris.schema.json';
import datastoreSecrets from './answers/datastoreSecrets.schema.json';
import discovery from './answers/discovery.schema.json';
import pendingUpload from './answers/pendingUpload.schema.json';
import run from './answers/run.schema.json';
import runData from './answers/runData.schema.json';
import runDetails from './answers/runDetails.schema.json';
import shownNotifications from './answers/shownNotifications.schema.json';
import schedule from './answers/schedule.schema.json';
import trigger from './answers/trigger.schema.json';
import scheduleRun from './answers/scheduleRun.schema.json';
import workspace from './answers/workspace.schema.json';

/**
 * The schemas of all that is answered as JSON, by their titles. They take what they share with the bodies of requests
 * from those, by reference.
 */
export const answerSchemas = {
  Endpoint: endpoint,
  Deployment: deployment,
  Job: job,
  JobFileList: jobFileList,
  JobEvents: jobEvents,
  ModelVersion: modelVersion,
  CodeVersion: codeVersion,
  EnvironmentVersion: environmentVersion,
  DataVersion: dataVersion,
  AssetContainer: assetContainer,
  Compute: compute,
  Datastore: datastore,
  Notification: notification,
  Schedule: schedule,
  Trigger: trigger,
  LandedFile: landedFile,
  ScheduleRun: scheduleRun,
  OperationStatus: operationStatus,
  CloudMetadata: cloudMetadata,
  DataUris: dataUris,
  DatastoreSecrets: datastoreSecrets,
  Discovery: discovery,
  PendingUpload: pendingUpload,
  Run: run,
  RunData: runData,
  RunDetails: runDetails,
  Workspace: workspace,
  Health: health,
  IssuerMetadata: issuerMetadata,
  KeySet: keySet,
  ErrorBody: errorBody,
  ErrorEnvelope: errorEnvelope,
} as const;

/** Schemas of which answers take parts, and which are no answers themselves. */
export const answerParts = { Resource: resource, ShownNotifications: shownNotifications } as const;

export type AnswerSchemaName = keyof typeof answerSchemas;
