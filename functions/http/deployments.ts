import type { HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import { checkedNotifications } from '../../shared/notifications/checkedNotifications';
import { notificationsShown } from '../../shared/notifications/shownNotifications';
import { checkedDeployment } from '../../shared/registry/deploymentChecks';
import type { Deployment } from '../../shared/registry/deployments';
import type { WriteCondition } from '../../shared/registry/namedResources';
import { writeDeployment } from '../../shared/registry/writeDeployment';
import { checkPython } from '../../shared/scoring/checkPython';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { conditionOf, isForced, listAnswer, pageOf, resourceAnswer } from './answers';
import { acceptedAnswer, acceptedHeaders, createdAnswer, createdHeaders } from './longOperations';
import { mergePatch, patched } from './mergePatch';
import { forceParameter, pageParameters, type Operation, reading, writing } from './operation';
import { deploymentResource } from './resources/deploymentResource';
import { wakeBy } from '../wakeBy';
import { route, type Call } from './route';

const listPath = 'batchEndpoints/{endpoint}/deployments';
const path = `${listPath}/{deployment}`;

/** What a deployment refers to may not be there, or not fit. */
const refusals = [
  'FlavorMissing',
  'NameReferenceInvalid',
  'NoCurrentVersion',
  'NotificationInvalid',
  'OutputColumnTwice',
  'OutputOptionsMixed',
  'PipelineUnsupported',
  'PythonMissing',
  'PythonTooOld',
  'PythonVersionMissing',
  'ReferenceInvalid',
  'ResourceDeleting',
  'ScriptMissing',
  'ScriptNeeded',
  'ScriptWithoutRun',
  'VersionNotFound',
] as const;

const getDeployment: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows a deployment.',
  answers: { 200: 'Deployment' },
};
route('getDeployment', getDeployment, async (call) => show(call));

const listDeployments: Operation = {
  ...reading,
  methods: ['GET'],
  path: listPath,
  summary: 'Lists the deployments of an endpoint by their names.',
  query: pageParameters,
  answers: { 200: 'DeploymentList' },
};
route('listDeployments', listDeployments, async (call) => {
  const { registry } = call.services;
  const endpoint = await registry.endpoints.get(call.parameter('endpoint'));
  const { size, token } = pageOf(call.request);
  const found = await registry
    .deployments(endpoint.name)
    .list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found.map((one) => deploymentResource(endpoint.name, one, call.workspace));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

const putDeployment: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces a deployment.',
  body: 'batchDeployment',
  answers: { 200: 'Deployment', 201: 'Deployment' },
  answerHeaders: createdHeaders,
  refusals,
};
route('putDeployment', putDeployment, async (call) =>
  write(call, await call.json(), conditionOf(call.request)),
);

const patchDeployment: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes what the body names of a deployment.',
  body: 'batchDeployment',
  answers: { 200: 'Deployment' },
  refusals,
};
route('patchDeployment', patchDeployment, async (call) => {
  const patch = restPatch('batchDeployment', await call.json());
  const { registry } = call.services;
  const endpoint = await registry.endpoints.get(call.parameter('endpoint'));
  const deployments = registry.deployments(endpoint.name);
  return patched(deployments, call.parameter('deployment'), conditionOf(call.request), (present, condition) =>
    write(call, mergePatch(bodyOf(present.value), patch), condition),
  );
});

const deleteDeployment: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary: 'Deletes a deployment that is not the default of its endpoint.',
  query: [forceParameter],
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
  refusals: ['DefaultDeploymentInUse', 'DeploymentInUse'],
};
route('deleteDeployment', deleteDeployment, async (call) => {
  const { registry, deletions } = call.services;
  const endpoint = await registry.endpoints.get(call.parameter('endpoint'));
  const name = call.parameter('deployment');
  if (endpoint.value.defaultDeployment?.toLowerCase() === name.toLowerCase()) {
    throw failure('DefaultDeploymentInUse', { endpoint: endpoint.name, deployment: name });
  }
  const operation = await deletions.begin({
    endpoint: endpoint.name,
    deployment: name,
    condition: conditionOf(call.request),
    cancelsJobs: isForced(call.request),
    caller: call.caller.name,
    wake: wakeBy(call.client),
  });
  return operation === undefined ? { status: 204 } : acceptedAnswer(call, operation);
});

async function show(call: Call, created = false): Promise<HttpResponseInit> {
  const { registry } = call.services;
  const endpoint = await registry.endpoints.get(call.parameter('endpoint'));
  const found = await registry.deployments(endpoint.name).get(call.parameter('deployment'));
  return resourceAnswer(deploymentResource(endpoint.name, found, call.workspace), found.etag, created);
}

async function write(call: Call, body: unknown, condition: WriteCondition): Promise<HttpResponseInit> {
  const { registry, now, settings } = call.services;
  const endpoint = await registry.endpoints.get(call.parameter('endpoint'));
  const name = call.parameter('deployment');
  if (endpoint.deleting !== undefined)
    throw failure('ResourceDeleting', { kind: 'endpoint', name: endpoint.name });
  const present = (await registry.deployments(endpoint.name).find(name))?.value;
  const createdAt = present?.createdAt ?? now().toISOString();
  const resource = restBodies.batchDeployment(body);
  const notifications = checkedNotifications(resource.properties.notifications, {
    localFiles: settings.localFiles,
    present: present?.notifications,
  });
  const deployment = await checkedDeployment(registry, name, resource, createdAt, notifications);
  // Where callers share this machine, it is the one that scores.
  if (settings.localFiles) await checkPython(call.services, deployment);
  const { created } = await writeDeployment(registry, { endpoint, name, deployment, condition });
  const answer = await show(call, created);
  return created
    ? createdAnswer(call, `batchEndpoints/${endpoint.name}/deployments/${name}`, answer)
    : answer;
}

/** A stored deployment as the body that would make it, for patches. */
function bodyOf({ model, code, environment, settings, compute, ...rest }: Deployment): object {
  const { instanceCount, ...others } = settings;
  const { tags, description, properties, environmentVariables, notifications } = rest;
  const reference = ({ name, version }: { name: string; version: string }): string =>
    `azureml:${name}:${version}`;
  return {
    tags,
    properties: {
      description,
      properties,
      environmentVariables,
      model: { referenceType: 'Id', assetId: reference(model) },
      ...(code === undefined
        ? {}
        : { codeConfiguration: { codeId: reference(code), scoringScript: code.scoringScript } }),
      ...(environment === undefined ? {} : { environmentId: reference(environment) }),
      compute: `azureml:${compute}`,
      resources: { instanceCount },
      ...others,
      // Their secrets are kept by whoever writes it.
      ...notificationsShown(notifications),
    },
  };
}
