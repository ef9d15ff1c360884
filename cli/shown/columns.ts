import type { Column } from '../output/table';

/** What `-o table` shows of each kind of thing. */
export const endpointColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Default', 'defaults.deployment_name'],
  ['State', 'provisioning_state'],
  ['Description', 'description'],
];

export const deploymentColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Endpoint', 'endpoint_name'],
  ['Model', 'model'],
  ['Compute', 'compute'],
  ['Instances', 'resources.instance_count'],
  ['MiniBatchSize', 'settings.mini_batch_size'],
  ['State', 'provisioning_state'],
];

export const jobColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Status', 'status'],
  ['Endpoint', 'endpoint_name'],
  ['Deployment', 'deployment_name'],
  ['MiniBatches', 'progress.mini_batches_done'],
  ['Of', 'progress.mini_batches'],
  ['FilesFailed', 'progress.files_failed'],
  ['Caller', 'caller.type'],
  ['CallerName', 'caller.name'],
  ['Started', 'start_time'],
  ['Ended', 'end_time'],
];

export const versionColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Version', 'version'],
  ['Type', 'type'],
  ['Created', 'creation_context.created_at'],
  ['Description', 'description'],
];

export const dataColumns: readonly Column[] = [...versionColumns.slice(0, 3), ['Path', 'path']];

export const environmentColumns: readonly Column[] = versionColumns.filter(([header]) => header !== 'Type');

/** Of a list that may hold assets over all their versions, or the versions of one. */
export const assetColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Version', 'version'],
  ['LatestVersion', 'latest_version'],
  ['NextVersion', 'next_version'],
  ['Created', 'creation_context.created_at'],
  ['Archived', 'is_archived'],
];

export const computeColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Type', 'type'],
  ['MinInstances', 'min_instances'],
  ['MaxInstances', 'max_instances'],
  ['State', 'provisioning_state'],
];

export const datastoreColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Type', 'type'],
  ['Default', 'is_default'],
  ['Path', 'path'],
  ['Account', 'account_name'],
  ['Container', 'container_name'],
];

export const scheduleColumns: readonly Column[] = [
  ['Name', 'name'],
  ['State', 'state'],
  ['Endpoint', 'create_job.endpoint'],
  ['Cron', 'trigger.expression'],
  ['Every', 'trigger.interval'],
  ['Frequency', 'trigger.frequency'],
  ['TimeZone', 'trigger.time_zone'],
  ['NextRun', 'next_run'],
  ['LastRun', 'last_run.due'],
  ['Outcome', 'last_run.outcome'],
];

export const triggerColumns: readonly Column[] = [
  ['Name', 'name'],
  ['State', 'status.state'],
  ['Endpoint', 'endpoint'],
  ['Datastore', 'watch.datastore'],
  ['Path', 'watch.path'],
  ['Upstream', 'watch.endpoint'],
  ['Batching', 'batching.type'],
  ['Waiting', 'status.files_waiting'],
  ['Taken', 'status.files_taken'],
  ['LastJob', 'status.last_job'],
  ['Reason', 'status.reason.code'],
];

export const landedFileColumns: readonly Column[] = [
  ['Name', 'name'],
  ['ETag', 'etag'],
  ['Landed', 'landed_at'],
  ['State', 'state'],
  ['Job', 'job'],
  ['Reason', 'reason.code'],
];

export const notificationColumns: readonly Column[] = [
  ['Name', 'name'],
  ['Status', 'status'],
  ['Type', 'type'],
  ['Target', 'target'],
  ['Job', 'job_name'],
  ['Tries', 'tries'],
  ['NextTry', 'next_try_time'],
  ['LastError', 'last_error'],
];

export const tokenColumns: readonly Column[] = [
  ['TokenType', 'tokenType'],
  ['ExpiresOn', 'expiresOn'],
  ['AccessToken', 'accessToken'],
];

export const fileColumns: readonly Column[] = [
  ['File', 'path'],
  ['Bytes', 'size'],
];
