import type { AnsweredEnvironment } from '../../client/resources';
import { shownEnvironment } from '../../shown/assets';
import { assetColumns } from '../../shown/columns';
import { command as define } from '../command';
import { text } from '../options';

export const command = define({
  path: 'environment list',
  summary: 'List all environments, or the versions of one.',
  options: { name: text('-n, --name <name>', 'The environment of which the versions are listed.') },
  examples: [
    ['List all of them as a table', 'environment list -o table'],
    [
      'List the versions of one, the newest first',
      'environment list --name mnist-env --query "[].version" -o tsv',
    ],
  ],
  columns: assetColumns,
  run: async ({ name }, { workspace }) => {
    const { listAssets } = await import('../../registering/readAssets.js');
    return listAssets<AnsweredEnvironment>(workspace, { kind: 'environments', name }, shownEnvironment);
  },
});
