import type { AnsweredCompute } from '../../client/resources';
import { computeColumns } from '../../shown/columns';
import { shownCompute } from '../../shown/places';
import { command as define } from '../command';

export const command = define({
  path: 'compute list',
  summary: 'List all computes.',
  options: {},
  examples: [['List the computes as a table', 'compute list -o table']],
  columns: computeColumns,
  run: async (_values, { workspace }) => (await workspace.all<AnsweredCompute>('computes')).map(shownCompute),
});
