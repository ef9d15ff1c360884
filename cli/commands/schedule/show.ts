import type { AnsweredSchedule } from '../../client/resources';
import { schedulePath } from '../../registering/createSchedule';
import { scheduleColumns } from '../../shown/columns';
import { shownSchedule } from '../../shown/schedule';
import { command as define } from '../command';
import { neededText } from '../options';

export const command = define({
  path: 'schedule show',
  summary: 'Show a schedule: when it is due next, and what became of its last run.',
  options: { name: neededText('-n, --name <name>', 'The name of the schedule.') },
  examples: [
    ['Show a schedule', 'schedule show --name nightly'],
    ['Tell when it is due next', 'schedule show --name nightly --query next_run -o tsv'],
  ],
  columns: scheduleColumns,
  run: async ({ name }, { workspace }) =>
    shownSchedule(await workspace.get<AnsweredSchedule>(schedulePath(name))),
});
