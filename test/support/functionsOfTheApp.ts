/** What stands before the path of every function of a workspace. */
const workspaceRoute =
  'subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.MachineLearningServices/workspaces/{workspace}';

const assets = (label: string, path: string): [name: string, method: string, path: string][] => [
  [`get${label}Version`, 'GET', `${path}/{name}/versions/{version}`],
  [`put${label}Version`, 'PUT', `${path}/{name}/versions/{version}`],
  [`patch${label}Version`, 'PATCH', `${path}/{name}/versions/{version}`],
  [`delete${label}Version`, 'DELETE', `${path}/{name}/versions/{version}`],
  [`list${label}Versions`, 'GET', `${path}/{name}/versions`],
  [`get${label}`, 'GET', `${path}/{name}`],
  [`put${label}`, 'PUT', `${path}/{name}`],
  [`patch${label}`, 'PATCH', `${path}/{name}`],
  [`delete${label}`, 'DELETE', `${path}/{name}`],
  [`list${label}s`, 'GET', path],
];

const jobs = (place: string, path: string): [name: string, method: string, path: string][] => [
  [`listJobs${place}`, 'GET', path],
  [`getJob${place}`, 'GET', `${path}/{job}`],
  [`cancelJob${place}`, 'POST', `${path}/{job}/cancel`],
];

const endpoint = 'batchEndpoints/{endpoint}';
const deployment = `${endpoint}/deployments/{deployment}`;

const inWorkspace: readonly (readonly [name: string, method: string, path: string])[] = [
  ['getEndpoint', 'GET', endpoint],
  ['listEndpoints', 'GET', 'batchEndpoints'],
  ['putEndpoint', 'PUT', endpoint],
  ['patchEndpoint', 'PATCH', endpoint],
  ['deleteEndpoint', 'DELETE', endpoint],
  ['getDeployment', 'GET', deployment],
  ['listDeployments', 'GET', `${endpoint}/deployments`],
  ['putDeployment', 'PUT', deployment],
  ['patchDeployment', 'PATCH', deployment],
  ['deleteDeployment', 'DELETE', deployment],
  ...assets('Model', 'models'),
  ...assets('Code', 'codes'),
  ...assets('Environment', 'environments'),
  ...assets('Data', 'data'),
  ['getCompute', 'GET', 'computes/{compute}'],
  ['listComputes', 'GET', 'computes'],
  ['putCompute', 'PUT', 'computes/{compute}'],
  ['patchCompute', 'PATCH', 'computes/{compute}'],
  ['deleteCompute', 'DELETE', 'computes/{compute}'],
  ['getDatastore', 'GET', 'datastores/{datastore}'],
  ['listDatastores', 'GET', 'datastores'],
  ['putDatastore', 'PUT', 'datastores/{datastore}'],
  ['patchDatastore', 'PATCH', 'datastores/{datastore}'],
  ['deleteDatastore', 'DELETE', 'datastores/{datastore}'],
  ['listDatastoreSecrets', 'POST', 'datastores/{datastore}/listSecrets'],
  ['listNotifications', 'GET', 'notifications'],
  ['getNotification', 'GET', 'notifications/{notification}'],
  ['deleteNotification', 'DELETE', 'notifications/{notification}'],
  ['resendNotification', 'POST', 'notifications/{notification}/resend'],
  ['getTrigger', 'GET', 'triggers/{trigger}'],
  ['listTriggers', 'GET', 'triggers'],
  ['putTrigger', 'PUT', 'triggers/{trigger}'],
  ['patchTrigger', 'PATCH', 'triggers/{trigger}'],
  ['pauseTrigger', 'POST', 'triggers/{trigger}/pause'],
  ['resumeTrigger', 'POST', 'triggers/{trigger}/resume'],
  ['deleteTrigger', 'DELETE', 'triggers/{trigger}'],
  ['listSchedules', 'GET', 'schedules'],
  ['getSchedule', 'GET', 'schedules/{schedule}'],
  ['putSchedule', 'PUT', 'schedules/{schedule}'],
  ['patchSchedule', 'PATCH', 'schedules/{schedule}'],
  ['deleteSchedule', 'DELETE', 'schedules/{schedule}'],
  ['triggerSchedule', 'POST', 'schedules/{schedule}/trigger'],
  ['listTriggerFiles', 'GET', 'triggers/{trigger}/files'],
  ['startModelUpload', 'POST', 'models/{name}/versions/{version}/startPendingUpload'],
  ['startCodeUpload', 'POST', 'codes/{name}/versions/{version}/startPendingUpload'],
  ['listModelFiles', 'GET', 'models/{name}/versions/{version}/files'],
  ['readModelFile', 'GET', 'models/{name}/versions/{version}/files/{*file}'],
  ...jobs('', 'jobs'),
  ['patchJob', 'PATCH', 'jobs/{job}'],
  ...jobs('OfEndpoint', `${endpoint}/jobs`),
  ...jobs('OfDeployment', `${deployment}/jobs`),
  ['invokeEndpoint', 'POST', `${endpoint}/jobs`],
  ['invokeDeployment', 'POST', `${deployment}/jobs`],
  ['listJobFiles', 'GET', 'jobs/{job}/files'],
  ['readJobFile', 'GET', 'jobs/{job}/files/{*file}'],
  ['followJob', 'GET', 'jobs/{job}/events'],
  ['collectGarbage', 'POST', 'collectGarbage'],
];

const history = `history/v1.0/${workspaceRoute}`;
const frontEnd = `mferp/managementfrontend/${workspaceRoute}`;

const location =
  'subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/locations/{location}';

/** HTTP functions of the API: all of them have the durable client. */
export const apiFunctions: readonly (readonly [name: string, method: string, route: string])[] = [
  ...inWorkspace.map(([name, method, path]) => [name, method, `${workspaceRoute}/${path}`] as const),
  ['getOperationStatus', 'GET', `${location}/mfeOperationsStatus/{operation}`],
  ['getOperationResult', 'GET', `${location}/mfeOperationResults/{operation}`],
  ['getWorkspace', 'GET', workspaceRoute],
  ['listWorkspaces', 'GET', workspaceRoute.replace('/{workspace}', '')],
  ['getRun', 'GET', `${history}/runs/{job}`],
  ['getRunDetails', 'GET', `${history}/runs/{job}/details`],
  ['listChildRuns', 'GET', `${history}/runs/{job}/children`],
  ['getRunData', 'POST', `${history}/rundata`],
  ['changeRun', 'PATCH', `${history}/experiments/{experiment}/runs/{job}`],
  ['resolveDataUris', 'POST', `data/v1.0/${workspaceRoute}/dataversion/batchGetResolvedUris`],
  ['listJobsOfEndpointAtFrontEnd', 'GET', `${frontEnd}/${endpoint}/jobs`],
  ['listJobsOfDeploymentAtFrontEnd', 'GET', `${frontEnd}/${deployment}/jobs`],
];

/** HTTP functions that stand alone, without the durable client. */
export const openFunctions: readonly (readonly [name: string, methods: string, route: string])[] = [
  ['health', 'GET HEAD', 'health'],
  ['issuerMetadata', 'GET HEAD', '.well-known/openid-configuration'],
  ['issuerKeys', 'GET HEAD', '.well-known/jwks.json'],
  ['openApi', 'GET HEAD', 'openapi.json'],
  ['cloudMetadata', 'GET HEAD', 'metadata/endpoints'],
  ['discovery', 'GET HEAD', 'discovery'],
  ['studioJob', 'GET HEAD', 'studio/jobs/{job}'],
  ['studioJobLog', 'GET HEAD', 'studio/jobs/{job}/log'],
  ['studioJobFile', 'GET HEAD', 'studio/jobs/{job}/files/{*file}'],
  ['unknownRoute', 'GET POST PUT PATCH DELETE HEAD OPTIONS', 'subscriptions/{*path}'],
];

export const orchestrators = ['scoreJob', 'scoreLane', 'scoreLaneGroup'] as const;

export const activities = ['planJob', 'prepareScorer', 'scoreNext', 'stopJob', 'finishJob'] as const;

export const timers = [
  'recoverJobs',
  'upkeep',
  'advanceTriggers',
  'watchedPlaces',
  'deliverNotifications',
  'schedules',
] as const;

/** Functions that events of Event Grid start. */
export const eventFunctions = ['blobCreated'] as const;
