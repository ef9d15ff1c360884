import type { AnsweredEnvironment } from '../../client/resources';
import { shownEnvironment } from '../../shown/assets';
import { environmentColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { shownVersion } from '../sharedOptions';

export const command = define({
  path: 'environment show',
  summary: 'Show a version of an environment.',
  options: { name: neededText('-n, --name <name>', 'The name of the environment.'), version: shownVersion },
  examples: [
    ['Show the newest version', 'environment show --name mnist-env'],
    ['Show a certain version', 'environment show --name mnist-env --version 1'],
  ],
  columns: environmentColumns,
  run: async ({ name, version }, { workspace }) => {
    const { showAsset } = await import('../../registering/readAssets.js');
    return showAsset<AnsweredEnvironment>(
      workspace,
      { kind: 'environments', name, version },
      shownEnvironment,
    );
  },
});
