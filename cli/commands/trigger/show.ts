import type { AnsweredTrigger } from '../../client/resources';
import { triggerColumns } from '../../shown/columns';
import { shownTrigger } from '../../shown/trigger';
import { command as define } from '../command';
import { triggerName } from '../groupOptions';

export const command = define({
  path: 'trigger show',
  summary:
    'Show a trigger: what it does now, why it cannot where it cannot, and how many files it has taken.',
  options: { name: triggerName },
  examples: [
    ['Show a trigger', 'trigger show --name score-arrivals'],
    ['Show how many files wait', 'trigger show --name score-arrivals --query status.files_waiting'],
  ],
  columns: triggerColumns,
  run: async ({ name }, { workspace }) =>
    shownTrigger(await workspace.get<AnsweredTrigger>(`triggers/${encodeURIComponent(name)}`)),
});
