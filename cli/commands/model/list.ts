import type { AnsweredModel } from '../../client/resources';
import { shownModel } from '../../shown/assets';
import { assetColumns } from '../../shown/columns';
import { command as define } from '../command';
import { text } from '../options';

export const command = define({
  path: 'model list',
  summary: 'List all models, or the versions of one.',
  options: { name: text('-n, --name <name>', 'The model of which the versions are listed.') },
  examples: [
    ['List all of them as a table', 'model list -o table'],
    ['List the versions of one, the newest first', 'model list --name mnist --query "[].version" -o tsv'],
  ],
  columns: assetColumns,
  run: async ({ name }, { workspace }) => {
    const { listAssets } = await import('../../registering/readAssets.js');
    return listAssets<AnsweredModel>(workspace, { kind: 'models', name }, shownModel);
  },
});
