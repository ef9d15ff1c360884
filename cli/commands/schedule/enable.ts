import { scheduleColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { noWait } from '../sharedOptions';

export const command = define({
  path: 'schedule enable',
  summary: 'Let a schedule start jobs again, from its next due time on.',
  options: { name: neededText('-n, --name <name>', 'The name of the schedule.'), noWait },
  examples: [['Enable a schedule', 'schedule enable --name nightly']],
  columns: scheduleColumns,
  run: async ({ name }, context) => {
    const { enableSchedule } = await import('../../changing/updateSchedule.js');
    return enableSchedule(context, name, true);
  },
});
