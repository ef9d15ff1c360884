import type { AnsweredData } from '../../client/resources';
import { shownData } from '../../shown/assets';
import { dataColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { shownVersion } from '../sharedOptions';

export const command = define({
  path: 'data show',
  summary: 'Show a version of a data asset.',
  options: { name: neededText('-n, --name <name>', 'The name of the data asset.'), version: shownVersion },
  examples: [
    ['Show the newest version', 'data show --name digits'],
    ['Show a certain version', 'data show --name digits --version 1'],
  ],
  columns: dataColumns,
  run: async ({ name, version }, { workspace }) => {
    const { showAsset } = await import('../../registering/readAssets.js');
    return showAsset<AnsweredData>(workspace, { kind: 'data', name, version }, shownData);
  },
});
