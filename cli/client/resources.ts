import type {
  AssetContainer,
  Compute,
  Datastore,
  DataVersion,
  Deployment,
  Endpoint,
  EnvironmentVersion,
  Job,
  JobEvents,
  JobFileList,
  LandedFile,
  ModelVersion,
  Notification,
  Schedule,
  Trigger,
  ScheduleRun,
  Workspace,
} from '../../shared/schemas/answers/generated';

/** What the API answers, by the schemas of its answers. */
export type AnsweredEndpoint = Endpoint;
export type AnsweredDeployment = Deployment;
export type AnsweredModel = ModelVersion;
export type AnsweredData = DataVersion;
export type AnsweredEnvironment = EnvironmentVersion;
export type AnsweredCompute = Compute;
export type AnsweredDatastore = Datastore;
export type AnsweredSchedule = Schedule;
export type AnsweredTrigger = Trigger;
export type AnsweredLandedFile = LandedFile;

/** What a schedule has started. */
export type AnsweredScheduleRun = ScheduleRun;
export type AnsweredNotification = Notification;

/** The workspace itself, as far as commands ask for it. */
export type AnsweredWorkspace = Workspace;

/** An asset over all its versions. */
export type AnsweredContainer = AssetContainer;
export type AnsweredJob = Job;

/** What scripts printed since a cursor. */
export type AnsweredEvents = JobEvents;

/** A file of a job. */
export type AnsweredFile = JobFileList['value'][number];
