import { failure } from '../errors/batchpointError';
import { FileFilter } from '../inputs/fileFilter';
import { checkedNotifications } from '../notifications/checkedNotifications';
import { checkOutputOptions } from '../outputs/outputOptionsCheck';
import { labelsOf } from '../registry/registryContext';
import { parseNameReference } from '../registry/references';
import type { Registry } from '../registry/registry';
import type { ScheduleResource } from '../schemas/rest/generated';
import { checkRunPaths } from './checkRunPaths';
import { activeSinceOf, checkTimes } from './checkTimes';
import type { CronTimes, RecurrenceTimes, Schedule, ScheduledInput, Weekday } from './schedule';

type Body = ScheduleResource['properties'];
type Definition = Body['action']['endpointInvocationDefinition'];

/** What a schedule is made of beside its body. */
interface ScheduleGiven {
  readonly registry: Registry;
  readonly localFiles: boolean;
  readonly now: () => Date;
  /** Who makes it, for people. */
  readonly caller: string;
  /** The one that is there, which this one takes the place of. */
  readonly present: Schedule | undefined;
}

/**
 * Turns the body of a schedule into what is stored, and checks what can be known before a run. That its endpoint and
 * deployment are there is checked where they are new: a schedule of an endpoint that is gone can still be disabled.
 * Fails with `BodyInvalid`, `NameReferenceInvalid`, `ResourceNotFound` and what the parts of an invocation fail with.
 */
export async function checkedSchedule(
  { registry, localFiles, now, caller, present }: ScheduleGiven,
  { properties: body }: ScheduleResource,
): Promise<Schedule> {
  const { action, description, displayName } = body;
  const definition = action.endpointInvocationDefinition;
  const target = targetOf(definition);
  if (target.endpoint !== present?.endpoint || target.deployment !== present.deployment)
    await needTarget(registry, target);
  const { overrides } = definition;
  checkOutputOptions(overrides.outputOptions);
  FileFilter.of(overrides.inputFilter);
  const createdAt = present?.createdAt ?? now().toISOString();
  const when = checkTimes(timesOf(body.trigger), now(), present);
  const input = inputOf(definition.input);
  const output = definition.output?.uri;
  await checkRunPaths({ input, output, when, createdAt, present }, { registry, localFiles, now });
  return {
    createdAt,
    activeSince: activeSinceOf(present, { when, enabled: body.isEnabled }, now()),
    createdBy: present?.createdBy ?? caller,
    ...(displayName === undefined || displayName === null ? {} : { displayName }),
    ...labelsOf({ description, tags: body.tags, properties: body.properties }),
    when,
    ...target,
    input,
    ...(output === undefined ? {} : { output }),
    overrides,
    notifications: checkedNotifications(body.notifications, {
      localFiles,
      present: present?.notifications,
    }),
    misfire: lower(body.misfire),
    misfireLimit: body.misfireLimit,
    concurrency: lower(body.concurrency),
    jitterSeconds: body.jitterSeconds,
    enabled: body.isEnabled,
  };
}

/** The endpoint and deployment whose jobs a schedule starts. */
export function targetOf({
  endpointName,
  deploymentName,
}: Pick<Definition, 'endpointName' | 'deploymentName'>): {
  readonly endpoint: string;
  readonly deployment?: string;
} {
  return {
    endpoint: parseNameReference('batchEndpoints', endpointName),
    ...(deploymentName === undefined || deploymentName === null ? {} : { deployment: deploymentName }),
  };
}

async function needTarget(
  registry: Registry,
  { endpoint, deployment }: ReturnType<typeof targetOf>,
): Promise<void> {
  const { name } = await registry.endpoints.get(endpoint);
  if (deployment !== undefined) await registry.deployments(name).get(deployment);
}

function timesOf(trigger: Body['trigger']): CronTimes | RecurrenceTimes {
  const { triggerType, timeZone, startTime, endTime } = trigger;
  const bounds = {
    timeZone,
    ...(startTime === undefined || startTime === null ? {} : { startTime }),
    ...(endTime === undefined || endTime === null ? {} : { endTime }),
  };
  const foreign = ofTheOther[triggerType].find((key) => trigger[key] !== undefined);
  if (foreign !== undefined)
    throw misplaced(`trigger.${foreign}`, `a trigger of type ${triggerType} has no '${foreign}'`);
  if (triggerType === 'Cron')
    return { type: 'cron', ...bounds, expression: needed(trigger.expression, 'expression') };
  const schedule = listsOf(trigger.schedule ?? {});
  return {
    type: 'recurrence',
    ...bounds,
    frequency: lower(needed(trigger.frequency, 'frequency')),
    interval: needed(trigger.interval, 'interval'),
    ...(Object.keys(schedule).length === 0 ? {} : { schedule }),
  };
}

/** The lists of a recurrence that say something: clients send empty ones too. */
function listsOf({
  hours,
  minutes,
  weekDays,
  monthDays,
}: NonNullable<Body['trigger']['schedule']>): NonNullable<RecurrenceTimes['schedule']> {
  return {
    ...(hours?.length ? { hours } : {}),
    ...(minutes?.length ? { minutes } : {}),
    ...(weekDays?.length ? { weekDays: weekDays.map((day): Weekday => lower(day)) } : {}),
    ...(monthDays?.length ? { monthDays } : {}),
  };
}

/** What belongs to the other kind of trigger. */
const ofTheOther = {
  Cron: ['frequency', 'interval', 'schedule'],
  Recurrence: ['expression'],
} as const;

function needed<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw misplaced('trigger', `'${key}' is missing`);
  return value;
}

/** The input: a URI, or the newest output of an endpoint. */
function inputOf({ uri, jobInputType, endpointName, deploymentName }: Definition['input']): ScheduledInput {
  const field = 'action.endpointInvocationDefinition.input';
  if (uri !== undefined && endpointName !== undefined)
    throw misplaced(field, "it has 'uri' and 'endpointName', and there is one input");
  if (uri !== undefined) return { type: 'path', path: uri, isFile: jobInputType === 'UriFile' };
  if (endpointName === undefined) throw misplaced(field, "'uri' is missing, or 'endpointName'");
  const { endpoint, deployment } = targetOf({ endpointName, deploymentName });
  return { type: 'newestOutput', endpoint, ...(deployment === undefined ? {} : { deployment }) };
}

function misplaced(field: string, fault: string): Error {
  const target = `properties.${field}`;
  return failure('BodyInvalid', { fault: `${target}: ${fault}` }, { place: { field: target } });
}

function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}
