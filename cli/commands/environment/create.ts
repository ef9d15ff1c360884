import { assetOverlays, assignmentOverlays, optionOverlay, pathOverlay } from '../../files/overlays';
import { environmentColumns } from '../../shown/columns';
import { command as define } from '../command';
import { noWait, tagValues } from '../groupOptions';
import { text } from '../options';
import { assetVersion, definitionFile, description, setValues } from '../sharedOptions';

export const command = define({
  path: 'environment create',
  summary: 'Register a version of an environment: what scoring scripts need.',
  options: {
    file: definitionFile('the environment'),
    name: text('-n, --name <name>', 'The name of the environment.'),
    version: assetVersion,
    condaFile: text('--conda-file <file>', 'A conda file; its pip section is installed.'),
    image: text('--image <image>', 'A container image; not used where scripts run in a Python environment.'),
    description,
    tags: tagValues,
    noWait,
    set: setValues,
  },
  examples: [
    ['Register an environment', 'environment create --name mnist-env --version 1 --conda-file conda.yml'],
    ['Register it from a file', 'environment create --file environment.yml'],
  ],
  columns: environmentColumns,
  run: async (values, context) => {
    const { createEnvironment } = await import('../../registering/createAssets.js');
    return createEnvironment(context, {
      file: values.file,
      overlays: [
        ...assetOverlays(values),
        ...assignmentOverlays('--tags', 'tags', values.tags),
        ...optionOverlay('image', values.image, '--image'),
        ...pathOverlay('conda_file', values.condaFile, '--conda-file', context.currentFolder),
      ],
    });
  },
});
