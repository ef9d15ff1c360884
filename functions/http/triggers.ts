import type { HttpResponseInit } from '@azure/functions';
import type { Stored, WriteCondition } from '../../shared/registry/namedResources';
import { parseNameReference } from '../../shared/registry/references';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { checkedTrigger } from '../../shared/triggers/checkedTrigger';
import type { Trigger } from '../../shared/triggers/trigger';
import { refuseLoops } from '../../shared/triggers/refuseLoops';
import { removeTrigger } from '../../shared/triggers/removeTrigger';
import { triggerFiles } from '../../shared/triggers/triggerFiles';
import { admitToFound } from './admission';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { acceptedAnswer, acceptedHeaders, createdAnswer, createdHeaders } from './longOperations';
import { mergePatch, patched } from './mergePatch';
import { pageParameters, type Operation, reading, writing } from './operation';
import { landedFileResource } from './resources/landedFileResource';
import { triggerBody, triggerResource } from './resources/triggerResource';
import { route, type Call } from './route';

const path = 'triggers/{trigger}';

/** What a trigger names may not be there, or not fit. */
const refusals = [
  'InputPatternInvalid',
  'NameReferenceInvalid',
  'NoDefaultDeployment',
  'NotificationInvalid',
  'LocalPathNotShared',
  'OutputColumnTwice',
  'OutputInvalid',
  'OutputOptionsMixed',
  'ResourceDeleting',
  'TriggerCycle',
  'TriggerInvalid',
  'TriggerOutputInvalid',
  'TriggerWatchesOwnOutput',
  'UriInvalid',
  'VariableInvalid',
] as const;

const getTrigger: Operation = {
  ...reading,
  ofEndpoints: true,
  methods: ['GET'],
  path,
  summary: 'Shows a trigger, and what it does now.',
  answers: { 200: 'Trigger' },
};
route('getTrigger', getTrigger, async (call) => shown(call, await triggerOf(call)));

const listTriggers: Operation = {
  ...reading,
  ofEndpoints: true,
  methods: ['GET'],
  path: 'triggers',
  summary: 'Lists the triggers by their names.',
  query: pageParameters,
  answers: { 200: 'TriggerList' },
};
route('listTriggers', listTriggers, async (call) => {
  const { size, token } = pageOf(call.request);
  const { triggers } = call.services.registry;
  const found = await triggers.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const seen = found.filter(({ value }) => call.allows(value.endpoint));
  const value = await Promise.all(seen.map((one) => resourceOf(call, one)));
  return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
});

const putTrigger: Operation = {
  ...writing,
  ofEndpoints: true,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces a trigger.',
  body: 'trigger',
  answers: { 200: 'Trigger', 201: 'Trigger' },
  answerHeaders: createdHeaders,
  refusals,
};
route('putTrigger', putTrigger, async (call) => {
  const present = await call.services.registry.triggers.find(call.parameter('trigger'));
  if (present !== undefined) call.require(present.value.endpoint);
  return write(call, await call.json(), { present, condition: conditionOf(call.request) });
});

const patchTrigger: Operation = {
  ...writing,
  ofEndpoints: true,
  methods: ['PATCH'],
  path,
  summary: 'Changes what the body names of a trigger.',
  body: 'trigger',
  answers: { 200: 'Trigger' },
  refusals,
};
route('patchTrigger', patchTrigger, async (call) => {
  const patch = restPatch('trigger', await call.json());
  return change(call, (present, condition) =>
    write(call, mergePatch(triggerBody(present.value), patch), { present, condition }),
  );
});

const switching = {
  ...writing,
  ofEndpoints: true,
  methods: ['POST'],
  answers: { 200: 'Trigger' },
} satisfies Partial<Operation>;

const pauseTrigger: Operation = {
  ...switching,
  path: `${path}/pause`,
  summary: 'Lets a trigger start no jobs; files that land wait until it is resumed.',
};
route('pauseTrigger', pauseTrigger, (call) => switchTo(call, true));

const resumeTrigger: Operation = {
  ...switching,
  path: `${path}/resume`,
  summary: 'Lets a trigger start jobs again, first for the files that have waited.',
};
route('resumeTrigger', resumeTrigger, (call) => switchTo(call, false));

const deleteTrigger: Operation = {
  ...writing,
  ofEndpoints: true,
  methods: ['DELETE'],
  path,
  summary: 'Deletes a trigger with all that it has noted; its jobs stay.',
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
};
route('deleteTrigger', deleteTrigger, async (call) => {
  const { registry, operations, stores } = call.services;
  const trigger = await registry.triggers.find(call.parameter('trigger'));
  call.require(trigger?.value.endpoint);
  if (trigger === undefined) return { status: 204 };
  await removeTrigger(
    { tables: stores.tables, triggers: registry.triggers },
    trigger.name,
    conditionOf(call.request),
  );
  await call.services.watchedPlaces?.update();
  return acceptedAnswer(call, await operations.add(`triggers/${trigger.name}`, 'Succeeded'));
});

const listTriggerFiles: Operation = {
  ...reading,
  ofEndpoints: true,
  methods: ['GET'],
  path: `${path}/files`,
  summary:
    'Lists what landed for a trigger: what waits, and behind it what has a job or was left alone, the newest first.',
  query: pageParameters,
  answers: { 200: 'LandedFileList' },
};
route('listTriggerFiles', listTriggerFiles, async (call) => {
  const { size, token } = pageOf(call.request);
  const { files, next } = await triggerFiles(call.services.stores.tables, await triggerOf(call), size, token);
  return listAnswer(call.request, files.map(landedFileResource), next);
});

/** The trigger of a call, which its caller may see. */
async function triggerOf(call: Call): Promise<Stored<Trigger>> {
  const name = call.parameter('trigger');
  const { triggers } = call.services.registry;
  call.require((await triggers.find(name))?.value.endpoint);
  return triggers.get(name);
}

async function change(
  call: Call,
  make: (present: Stored<Trigger>, condition: WriteCondition) => Promise<HttpResponseInit>,
): Promise<HttpResponseInit> {
  const { triggers } = call.services.registry;
  const { name } = await triggerOf(call);
  return patched(triggers, name, conditionOf(call.request), (present, condition) => {
    call.require(present.value.endpoint);
    return make(present, condition);
  });
}

/** Looks at nothing else: a trigger of an endpoint that is gone can be paused too. */
function switchTo(call: Call, paused: boolean): Promise<HttpResponseInit> {
  const { registry, now } = call.services;
  return change(call, async (present, condition) => {
    const { name, value } = present;
    if (value.paused === paused) return shown(call, present);
    await registry.triggers.put(name, { ...value, paused, switchedAt: now().toISOString() }, condition);
    return shown(call, await registry.triggers.get(name));
  });
}

interface Writing {
  readonly present: Stored<Trigger> | undefined;
  readonly condition: WriteCondition;
}

async function write(call: Call, body: unknown, { present, condition }: Writing): Promise<HttpResponseInit> {
  const { services, caller } = call;
  const { registry, settings, now } = services;
  const name = call.parameter('trigger');
  const resource = restBodies.trigger(body);
  // Its jobs are started in the name of who makes it.
  const endpoint = parseNameReference('batchEndpoints', resource.properties.endpoint);
  call.require(endpoint);
  admitToFound({ role: 'Jobs.Invoke' }, caller, endpoint);
  const upstream = resource.properties.watch.endpoint;
  if (upstream !== undefined)
    admitToFound({ role: 'Jobs.Read' }, caller, parseNameReference('batchEndpoints', upstream));
  const { localFiles } = settings;
  const given = { name, resource, caller: caller.name, present: present?.value };
  const trigger = await checkedTrigger({ registry, localFiles, now }, given);
  await refuseLoops(services.triggering, { name, value: trigger });
  const { created } = await registry.triggers.put(name, trigger, condition);
  await services.watchedPlaces?.update();
  const made = await registry.triggers.get(name);
  const answer = await shown(call, made, created);
  return created ? createdAnswer(call, `triggers/${made.name}`, answer) : answer;
}

async function shown(call: Call, trigger: Stored<Trigger>, created = false): Promise<HttpResponseInit> {
  return resourceAnswer(await resourceOf(call, trigger), trigger.etag, created);
}

async function resourceOf({ services, workspace }: Call, trigger: Stored<Trigger>): Promise<object> {
  return triggerResource(trigger, workspace, await services.triggerStatus(trigger));
}
