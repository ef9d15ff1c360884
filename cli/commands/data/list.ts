import type { AnsweredData } from '../../client/resources';
import { shownData } from '../../shown/assets';
import { assetColumns } from '../../shown/columns';
import { command as define } from '../command';
import { text } from '../options';

export const command = define({
  path: 'data list',
  summary: 'List all data assets, or the versions of one.',
  options: { name: text('-n, --name <name>', 'The data asset of which the versions are listed.') },
  examples: [
    ['List all of them as a table', 'data list -o table'],
    ['List the versions of one, the newest first', 'data list --name digits --query "[].version" -o tsv'],
  ],
  columns: assetColumns,
  run: async ({ name }, { workspace }) => {
    const { listAssets } = await import('../../registering/readAssets.js');
    return listAssets<AnsweredData>(workspace, { kind: 'data', name }, shownData);
  },
});
