import { triggerColumns } from '../../shown/columns';
import { command as define } from '../command';
import { triggerName } from '../groupOptions';

export const command = define({
  path: 'trigger resume',
  summary: 'Let a trigger start jobs again, first for the files that have waited.',
  options: { name: triggerName },
  examples: [['Resume a trigger', 'trigger resume --name score-arrivals']],
  columns: triggerColumns,
  run: async ({ name }, context) => {
    const { switchTrigger } = await import('../../changing/updateTrigger.js');
    return switchTrigger(context, name, 'resume');
  },
});
