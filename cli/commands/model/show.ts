import type { AnsweredModel } from '../../client/resources';
import { shownModel } from '../../shown/assets';
import { versionColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { shownVersion } from '../sharedOptions';

export const command = define({
  path: 'model show',
  summary: 'Show a version of a model.',
  options: { name: neededText('-n, --name <name>', 'The name of the model.'), version: shownVersion },
  examples: [
    ['Show the newest version', 'model show --name mnist'],
    ['Show a certain version', 'model show --name mnist --version 1'],
  ],
  columns: versionColumns,
  run: async ({ name, version }, { workspace }) => {
    const { showAsset } = await import('../../registering/readAssets.js');
    return showAsset<AnsweredModel>(workspace, { kind: 'models', name, version }, shownModel);
  },
});
