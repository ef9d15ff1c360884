import type { HttpResponseInit } from '@azure/functions';
import { conditionHeaders, pageParameters, type Operation } from './operation';
import { checkedSchedule, targetOf } from '../../shared/schedules/checkedSchedule';
import type { Schedule } from '../../shared/schedules/schedule';
import { shownState } from '../../shared/schedules/scheduleState';
import type { Stored, WriteCondition } from '../../shared/registry/namedResources';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import type { ScheduleResource } from '../../shared/schemas/rest/generated';
import { admitToFound } from './admission';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { acceptedAnswer, acceptedHeaders, createdAnswer, createdHeaders } from './longOperations';
import { mergePatch, patched } from './mergePatch';
import { scheduleBody, scheduleResource } from './resources/scheduleResource';
import { scheduleViewOf, scheduleViewParameters } from './listView';
import { route, type Call } from './route';

const path = 'schedules/{schedule}';

/** A schedule belongs to the endpoint whose jobs it starts. */
const reading = { audience: 'management', role: 'Endpoints.Read', ofEndpoints: true } as const;
const writing = {
  audience: 'management',
  role: 'Endpoints.Write',
  ofEndpoints: true,
  headers: conditionHeaders,
} as const;

/** What a schedule says may not be there, or not fit. */
const refusals = [
  'CronInvalid',
  'InputPatternInvalid',
  'LocalPathNotShared',
  'NameReferenceInvalid',
  'NotificationInvalid',
  'OutputColumnTwice',
  'OutputFolderUnsupported',
  'OutputInvalid',
  'OutputOptionsMixed',
  'KindUnsupported',
  'LiteralUnsupported',
  'MlTableUnsupported',
  'RecurrenceInvalid',
  'ResourceDeleting',
  'ScheduleActionUnsupported',
  'ScheduleNeverDue',
  'ScheduleOutputRepeats',
  'SchedulePlaceInvalid',
  'ScheduleTimeInvalid',
  'TimeZoneUnknown',
  'UriInvalid',
] as const;

const getSchedule: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows a schedule: when it is due next, and what became of its last run.',
  answers: { 200: 'Schedule' },
};
route('getSchedule', getSchedule, async (call) => show(call, call.parameter('schedule')));

const listSchedules: Operation = {
  ...reading,
  methods: ['GET'],
  path: 'schedules',
  summary: 'Lists the schedules by their names.',
  query: [...pageParameters, ...scheduleViewParameters],
  answers: { 200: 'ScheduleList' },
};
route('listSchedules', listSchedules, async (call) => {
  const { listed, next } = await pageOfSchedules(call);
  const value = await Promise.all(listed.map((one) => resourceOf(call, one)));
  return listAnswer(call.request, value, next);
});

/** A page of those that the caller may see and has asked for, and the token of the next one. */
async function pageOfSchedules(call: Call): Promise<{ listed: Stored<Schedule>[]; next?: string }> {
  const { size, token } = pageOf(call.request);
  const { schedules } = call.services.registry;
  const shows = scheduleViewOf(call.request);
  const listed: Stored<Schedule>[] = [];
  for (let next = token; ;) {
    const page = await schedules.list({ limit: size, ...(next === undefined ? {} : { after: next }) });
    for (const one of page) {
      if (listed.length === size) return { listed, ...(next === undefined ? {} : { next }) };
      next = one.name;
      if (shows(one.value.enabled) && call.allows(one.value.endpoint)) listed.push(one);
    }
    if (page.length < size) return { listed };
  }
}

const putSchedule: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces a schedule.',
  body: 'schedule',
  answers: { 200: 'Schedule', 201: 'Schedule' },
  answerHeaders: createdHeaders,
  refusals,
};
route('putSchedule', putSchedule, async (call) => {
  const { schedules } = call.services.registry;
  const name = call.parameter('schedule');
  const body = restBodies.schedule(await call.json());
  const present = await schedules.find(name);
  if (present !== undefined) call.require(present.value.endpoint);
  return write(call, { name, body, present, condition: conditionOf(call.request) });
});

const patchSchedule: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes what the body names of a schedule.',
  body: 'schedule',
  answers: { 200: 'Schedule' },
  refusals,
};
route('patchSchedule', patchSchedule, async (call) => {
  const patch = restPatch('schedule', await call.json());
  const { schedules } = call.services.registry;
  const found = await foundOf(call);
  return patched(schedules, found.name, conditionOf(call.request), (present, condition) => {
    call.require(present.value.endpoint);
    const body = restBodies.schedule(mergePatch(scheduleBody(present.value), patch));
    return write(call, { name: present.name, body, present, condition });
  });
});

const deleteSchedule: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary: 'Deletes a schedule. Jobs that it has started go on.',
  answers: { 202: 'Nothing', 204: 'Nothing' },
  answerHeaders: acceptedHeaders,
};
route('deleteSchedule', deleteSchedule, async (call) => {
  const { registry, operations, scheduleStates } = call.services;
  const found = await registry.schedules.find(call.parameter('schedule'));
  call.require(found?.value.endpoint);
  if (found === undefined) return { status: 204 };
  await registry.schedules.remove(found.name, conditionOf(call.request));
  await scheduleStates.forget(found.name);
  return acceptedAnswer(call, await operations.add(operationPath(found), 'Succeeded'));
});

/** The schedule that a request names, where the caller may see it. */
async function foundOf(call: Call): Promise<Stored<Schedule>> {
  const { schedules } = call.services.registry;
  const name = call.parameter('schedule');
  call.require((await schedules.find(name))?.value.endpoint);
  return schedules.get(name);
}

/** What is written under a name. */
interface ScheduleWrite {
  readonly name: string;
  readonly body: ScheduleResource;
  readonly present: Stored<Schedule> | undefined;
  readonly condition: WriteCondition;
}

async function write(
  call: Call,
  { name, body, present, condition }: ScheduleWrite,
): Promise<HttpResponseInit> {
  const { registry, scheduleStates, now, settings } = call.services;
  const definition = body.properties.action.endpointInvocationDefinition;
  const { endpoint } = targetOf(definition);
  call.require(endpoint);
  // Whoever makes a schedule starts its jobs, and reads what they are made from.
  admitToFound({ role: 'Jobs.Invoke' }, call.caller, endpoint);
  const { endpointName: upstream } = definition.input;
  if (upstream !== undefined)
    admitToFound({ role: 'Jobs.Read' }, call.caller, targetOf({ endpointName: upstream }).endpoint);
  const schedule = await checkedSchedule(
    {
      registry,
      localFiles: settings.localFiles,
      now,
      caller: call.caller.name,
      present: present?.value,
    },
    body,
  );
  const { created } = await registry.schedules.put(name, schedule, condition);
  const written = await registry.schedules.find(name);
  if (written !== undefined) await scheduleStates.follow(written);
  const answer = await show(call, name, created);
  if (!created) return answer;
  return createdAnswer(call, operationPath({ name, value: schedule }), answer);
}

/** Who may change the endpoint may ask for the operation. */
function operationPath({ name, value }: Pick<Stored<Schedule>, 'name' | 'value'>): string {
  return `batchEndpoints/${value.endpoint}/schedules/${name}`;
}

async function show(call: Call, name: string, created = false): Promise<HttpResponseInit> {
  const found = await call.services.registry.schedules.find(name);
  call.require(found?.value.endpoint);
  const shown = found ?? (await call.services.registry.schedules.get(name));
  return resourceAnswer(await resourceOf(call, shown), shown.etag, created);
}

async function resourceOf(call: Call, found: Stored<Schedule>): Promise<object> {
  const state = await call.services.scheduleStates.find(found.name);
  return scheduleResource(found, call.workspace, shownState(found, state?.value));
}
