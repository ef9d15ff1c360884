import type { AnsweredTrigger } from '../../client/resources';
import { listOptions } from '../../registering/listOptions';
import { triggerColumns } from '../../shown/columns';
import { shownTrigger } from '../../shown/trigger';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'trigger list',
  summary: 'List all triggers, with what they do now.',
  options: { maxResults: mostItems },
  examples: [
    ['List the triggers as a table', 'trigger list -o table'],
    [
      'List those that cannot start jobs now',
      'trigger list --query "[?status.state==\'degraded\'].{name: name, reason: status.reason.message}"',
    ],
  ],
  columns: triggerColumns,
  run: async ({ maxResults }, { workspace }) =>
    (await workspace.all<AnsweredTrigger>('triggers', listOptions({ maxResults }))).map(shownTrigger),
});
