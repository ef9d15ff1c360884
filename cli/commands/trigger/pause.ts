import { triggerColumns } from '../../shown/columns';
import { command as define } from '../command';
import { triggerName } from '../groupOptions';

export const command = define({
  path: 'trigger pause',
  summary: 'Let a trigger start no jobs. Files that land meanwhile are noted, and wait.',
  options: { name: triggerName },
  examples: [['Pause a trigger', 'trigger pause --name score-arrivals']],
  columns: triggerColumns,
  run: async ({ name }, context) => {
    const { switchTrigger } = await import('../../changing/updateTrigger.js');
    return switchTrigger(context, name, 'pause');
  },
});
