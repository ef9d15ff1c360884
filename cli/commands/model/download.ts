import { fileColumns } from '../../shown/columns';
import { versionLabel } from '../groupOptions';
import { command as define } from '../command';
import { neededText, text } from '../options';
import { shownVersion } from '../sharedOptions';

export const command = define({
  path: 'model download',
  summary: 'Download the files of a version of a model.',
  details: [
    'They land in a folder of the name of the model, below the download path. A file that is there already is left ' +
      'alone where it is the same, and kept as <file>.~1~ where it is not.',
  ],
  options: {
    name: neededText('-n, --name <name>', 'The name of the model.'),
    version: shownVersion,
    label: versionLabel,
    downloadPath: text('-p, --download-path <folder>', 'Where to; the current folder where it is left out.'),
  },
  examples: [['Download a model', 'model download --name mnist --version 1 --download-path ./models']],
  columns: fileColumns,
  run: async ({ downloadPath, ...choice }, context) => {
    const { downloadModel } = await import('../../downloading/downloadModel.js');
    return downloadModel(context, { kind: 'models', ...choice }, downloadPath);
  },
});
