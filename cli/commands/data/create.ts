import { assetOverlays, assignmentOverlays, optionOverlay, pathOverlay } from '../../files/overlays';
import { dataColumns } from '../../shown/columns';
import { command as define } from '../command';
import { tagValues } from '../groupOptions';
import { choice, text } from '../options';
import { assetVersion, definitionFile, description, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'data create',
  summary: 'Register a version of a data asset: a name for an input.',
  details: ['Data is not copied: the name stands for where it lies.'],
  options: {
    file: definitionFile('the data asset'),
    name: text('-n, --name <name>', 'The name of the data asset.'),
    version: assetVersion,
    type: choice('-t, --type <type>', 'One file, or a folder.', ['uri_file', 'uri_folder']),
    path: text('-p, --path <path>', 'A URL, azureml://datastores/<name>/paths/<path>, or a local path.'),
    description,
    tags: tagValues,
    noWait,
    set: setValues,
  },
  examples: [
    ['Register a folder of this machine', 'data create --name digits --version 1 --path ./digits'],
    [
      'Register a file in a datastore',
      'data create --name taxi --type uri_file --path azureml://datastores/workspaceblobstore/paths/taxi.csv',
    ],
  ],
  columns: dataColumns,
  run: async (values, context) => {
    const { createData } = await import('../../registering/createAssets.js');
    return createData(context, {
      file: values.file,
      overlays: [
        ...assetOverlays(values),
        ...assignmentOverlays('--tags', 'tags', values.tags),
        ...optionOverlay('type', values.type, '--type'),
        ...pathOverlay('path', values.path, '--path', context.currentFolder),
      ],
    });
  },
});
