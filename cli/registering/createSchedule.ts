import type { ScheduleFile } from '../../shared/schemas/files/generated';
import type { AnsweredSchedule } from '../client/resources';
import type { Context } from '../context';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { scheduleBody } from '../files/scheduleBody';
import { shownSchedule } from '../shown/schedule';

/** Creates or replaces a schedule, and answers it. */
export async function createSchedule(
  { workspace, currentFolder, terminal }: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
): Promise<object> {
  const { value, folder } = checkedScheduleFile({ ...source, currentFolder }, terminal);
  return shownSchedule(
    await workspace.put<AnsweredSchedule>(schedulePath(value.name), scheduleBody(value, folder)),
  );
}

/** Where a schedule is, in the workspace. */
export function schedulePath(name: string): string {
  return `schedules/${encodeURIComponent(name)}`;
}

/** Reads a schedule and checks all of it that can be checked without a host; tells all faults at once. */
export function checkedScheduleFile(
  source: DefinitionSource,
  terminal: { warn(text: string): void },
): Definition<ScheduleFile> {
  const definition = draftDefinition('schedule', source);
  checkTrigger(definition);
  checkInput(definition);
  definition.refuseFaults();
  definition.warnOfUnused(terminal);
  return definition;
}

const keysOf = { cron: ['expression'], recurrence: ['frequency', 'interval'] } as const;
const ofTheOther = { cron: ['frequency', 'interval', 'schedule'], recurrence: ['expression'] } as const;

function checkTrigger(definition: Definition<ScheduleFile>): void {
  if (!definition.isSound(['trigger', 'type'])) return;
  const { trigger } = definition.value;
  for (const key of keysOf[trigger.type])
    if (trigger[key] === undefined) definition.fault(['trigger'], `'${key}' is missing`);
  for (const key of ofTheOther[trigger.type])
    if (trigger[key] !== undefined)
      definition.fault(['trigger', key], `a trigger of type ${trigger.type} has none`, true);
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
