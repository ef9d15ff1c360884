import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText, text, toggle } from '../options';

export const command = define({
  path: 'schedule trigger',
  summary: 'Start a job of a schedule now, enabled or not. The run that is due next stays as it is.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the schedule.'),
    once: toggle('--once', 'Start one job, which is what is done anyway.'),
    scheduleTime: text(
      '--schedule-time <time>',
      'The time that {schedule:...} in its paths means, as 2026-11-27T02:00:00, in the time zone of the schedule; now where it is left out.',
    ),
  },
  examples: [
    ['Start a job now', 'schedule trigger --name nightly --once'],
    [
      'Start the job of a night that was missed',
      'schedule trigger --name nightly --schedule-time 2026-11-20T02:00:00',
    ],
  ],
  columns: jobColumns,
  run: async ({ name, scheduleTime }, context) => {
    const { triggerSchedule } = await import('../../changing/triggerSchedule.js');
    return triggerSchedule(context, name, scheduleTime);
  },
});
