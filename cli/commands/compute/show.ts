import type { AnsweredCompute } from '../../client/resources';
import { computeColumns } from '../../shown/columns';
import { shownCompute } from '../../shown/places';
import { command as define } from '../command';
import { neededText } from '../options';

export const command = define({
  path: 'compute show',
  summary: 'Show a compute.',
  options: { name: neededText('-n, --name <name>', 'The name of the compute.') },
  examples: [['Show a compute', 'compute show --name cpu-cluster']],
  columns: computeColumns,
  run: async ({ name }, { workspace }) =>
    shownCompute(await workspace.get<AnsweredCompute>(`computes/${encodeURIComponent(name)}`)),
});
