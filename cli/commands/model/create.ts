import { assetOverlays, assignmentOverlays, optionOverlay, pathOverlay } from '../../files/overlays';
import { versionColumns } from '../../shown/columns';
import { command as define } from '../command';
import { tagValues } from '../groupOptions';
import { choice, text } from '../options';
import { assetVersion, definitionFile, description, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'model create',
  summary: 'Register a version of a model: a file or a folder, which is copied.',
  options: {
    file: definitionFile('the model'),
    name: text('-n, --name <name>', 'The name of the model.'),
    version: assetVersion,
    type: choice('-t, --type <type>', 'What kind of model it is.', ['custom_model', 'mlflow_model']),
    path: text('-p, --path <path>', 'The file or folder of the model.'),
    description,
    tags: tagValues,
    noWait,
    stage: text('--stage <text>', 'How far the model has come, such as Production.'),
    set: setValues,
  },
  examples: [
    ['Register a model', 'model create --name mnist --version 1 --path ./mnist/model'],
    [
      'Register the next version of an MLflow model',
      'model create --name taxi --path ./taxi --type mlflow_model',
    ],
  ],
  columns: versionColumns,
  run: async (values, context) => {
    const { createModel } = await import('../../registering/createAssets.js');
    return createModel(context, {
      file: values.file,
      overlays: [
        ...assetOverlays(values),
        ...assignmentOverlays('--tags', 'tags', values.tags),
        ...optionOverlay('stage', values.stage, '--stage'),
        ...optionOverlay('type', values.type, '--type'),
        ...pathOverlay('path', values.path, '--path', context.currentFolder),
      ],
    });
  },
});
