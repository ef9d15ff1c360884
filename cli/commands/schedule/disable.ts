import { scheduleColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { noWait } from '../sharedOptions';

export const command = define({
  path: 'schedule disable',
  summary: 'Let a schedule start no jobs until it is enabled again.',
  options: { name: neededText('-n, --name <name>', 'The name of the schedule.'), noWait },
  examples: [['Disable a schedule', 'schedule disable --name nightly']],
  columns: scheduleColumns,
  run: async ({ name }, context) => {
    const { enableSchedule } = await import('../../changing/updateSchedule.js');
    return enableSchedule(context, name, false);
  },
});
