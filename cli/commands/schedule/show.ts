import type { AnsweredSchedule } from '../../client/resources';
import { schedulePath } from '../../registering/createSchedule';
import { scheduleColumns } from '../../shown/columns';
import { shownSchedule } from '../../shown/schedule';
import { command as define } from '../command';
import { neededText, wholeNumber } from '../options';

export const command = define({
  path: 'schedule show',
  summary: 'Show a schedule: when it is due next, and what became of its last run.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the schedule.'),
    next: wholeNumber(
      '--next <number>',
      'Also tell so many of the times at which it is due next, in its time zone and in UTC.',
      1,
      1000,
    ),
  },
  examples: [
    ['Show a schedule', 'schedule show --name nightly'],
    ['Tell when it is due next', 'schedule show --name nightly --query next_run -o tsv'],
    ['Tell the next five times', 'schedule show --name nightly --next 5 --query next_runs -o table'],
  ],
  columns: scheduleColumns,
  run: async ({ name, next }, { workspace }) => {
    const schedule = await workspace.get<AnsweredSchedule>(schedulePath(name));
    if (next === undefined) return shownSchedule(schedule);
    const { shownDues } = await import('../../shown/dueTimes.js');
    return { ...shownSchedule(schedule), next_runs: shownDues(schedule, new Date(), next) };
  },
});
