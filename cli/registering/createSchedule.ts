import { isFailure } from '../../shared/errors/batchpointError';
import { checkTimes } from '../../shared/schedules/checkTimes';
import { checkPlaces } from '../../shared/schedules/places';
import type { ScheduleFile } from '../../shared/schemas/files/generated';
import type { AnsweredSchedule } from '../client/resources';
import type { Context } from '../context';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { scheduleBody, timesOfFile } from '../files/scheduleBody';
import { shownSchedule } from '../shown/schedule';

/** Creates or replaces a schedule, and answers it. */
export async function createSchedule(
  { workspace, currentFolder, terminal }: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
): Promise<object> {
  const { value, folder } = await checkedScheduleFile({ ...source, currentFolder }, terminal);
  return shownSchedule(
    await workspace.put<AnsweredSchedule>(schedulePath(value.name), scheduleBody(value, folder)),
  );
}

/** Where a schedule is, in the workspace. */
export function schedulePath(name: string): string {
  return `schedules/${encodeURIComponent(name)}`;
}

/** Reads a schedule and checks all of it that can be checked without a host; tells all faults at once. */
export async function checkedScheduleFile(
  source: DefinitionSource,
  terminal: { warn(text: string): void },
): Promise<Definition<ScheduleFile>> {
  const definition = draftDefinition('schedule', source);
  checkTrigger(definition);
  checkInput(definition);
  await checkPaths(definition);
  definition.refuseFaults();
  definition.warnOfUnused(terminal);
  return definition;
}

const keysOf = { cron: ['expression'], recurrence: ['frequency', 'interval'] } as const;
const ofTheOther = { cron: ['frequency', 'interval', 'schedule'], recurrence: ['expression'] } as const;

function checkTrigger(definition: Definition<ScheduleFile>): void {
  if (!definition.isSound(['trigger'])) return;
  const { trigger } = definition.value;
  for (const key of keysOf[trigger.type])
    if (trigger[key] === undefined) definition.fault(['trigger'], `'${key}' is missing`);
  for (const key of ofTheOther[trigger.type])
    if (trigger[key] !== undefined)
      definition.fault(['trigger', key], `a trigger of type ${trigger.type} has no '${key}'`, true);
  if (definition.isSound(['trigger'])) checkTimesOf(definition);
}

/** Where in a file the errors of times lie. */
const placesOfErrors: Readonly<Record<string, string>> = {
  CronInvalid: 'expression',
  TimeZoneUnknown: 'time_zone',
  RecurrenceInvalid: 'schedule',
};

/** Times that nobody can mean are told with their line. Whether an end has passed is left to the host and its clock. */
function checkTimesOf(definition: Definition<ScheduleFile>): void {
  const { trigger } = definition.value;
  try {
    checkTimes(timesOfFile(trigger), new Date(0));
  } catch (error) {
    if (!isFailure(error)) throw error;
    const key = placesOfErrors[error.code] ?? keyNamed(error.message, trigger);
    definition.fault(['trigger', ...(key === undefined ? [] : [key])], error);
  }
}

/** The key of the time that an error names. */
function keyNamed(message: string, trigger: ScheduleFile['trigger']): string | undefined {
  return (['start_time', 'end_time'] as const).find(
    (key) =>
      trigger[key] !== undefined &&
      message.startsWith(`'${trigger[key]}' cannot be the ${key.replace('_', ' ')}`),
  );
}

/** Places of the time, as `{schedule:yyyy/MM/dd}`, where they stand. */
async function checkPaths(definition: Definition<ScheduleFile>): Promise<void> {
  for (const key of ['input', 'output'] as const) {
    const at = ['create_job', key, 'path'];
    if (!definition.isSound(at)) continue;
    const { path = '' } = definition.value.create_job[key] ?? {};
    await definition.check(at, () => checkPlaces(path));
  }
}

function checkInput(definition: Definition<ScheduleFile>): void {
  const path = ['create_job', 'input'];
  if (!definition.isSound(path)) return;
  const { path: place, endpoint, deployment, type } = definition.value.create_job.input;
  if (place === undefined && endpoint === undefined)
    definition.fault(path, "'path' is missing, or 'endpoint'");
  if (place === undefined) {
    if (type !== undefined)
      definition.fault([...path, 'type'], "this is said of a 'path', and there is none", true);
    return;
  }
  for (const [key, value] of Object.entries({ endpoint, deployment }))
    if (value !== undefined)
      definition.fault(
        [...path, key],
        `there is one input, and it is ${definition.placeOf([...path, 'path'])}`,
        true,
      );
}
