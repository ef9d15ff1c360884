import type { AnsweredCompute } from '../../client/resources';
import { computeColumns } from '../../shown/columns';
import { shownCompute } from '../../shown/places';
import { listOptions } from '../../registering/listOptions';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';
import { choice } from '../options';

export const command = define({
  path: 'compute list',
  summary: 'List all computes.',
  options: {
    maxResults: mostItems,
    type: choice('--type <type>', 'The type of the computes; there is one, amlcompute.', ['amlcompute']),
  },
  examples: [['List the computes as a table', 'compute list -o table']],
  columns: computeColumns,
  run: async ({ maxResults }, { workspace }) =>
    (await workspace.all<AnsweredCompute>('computes', listOptions({ maxResults }))).map(shownCompute),
});
