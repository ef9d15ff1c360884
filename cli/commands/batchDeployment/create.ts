import { mismatchOverlay, optionOverlay, setOverlays } from '../../files/overlays';
import { deploymentColumns } from '../../shown/columns';
import { command as define } from '../command';
import { toggle } from '../options';
import {
  allowPythonMismatch,
  definitionFile,
  deploymentEndpoint,
  namedInFile,
  noWait,
  setValues,
  skipScriptValidation,
} from '../sharedOptions';

export const command = define({
  path: 'batch-deployment create',
  summary: 'Create a deployment of an endpoint, or replace one.',
  details: [
    'Paths in the file are relative to it. A model, code and an environment that it defines in place are registered. ' +
      'All faults of the file are told at once, before anything is made.',
  ],
  options: {
    file: definitionFile('the deployment'),
    endpointName: deploymentEndpoint,
    name: namedInFile('deployment'),
    setDefault: toggle('--set-default', 'Make it the deployment that scores where an invocation names none.'),
    set: setValues,
    anyPython: allowPythonMismatch,
    skipScriptValidation,
    noWait,
  },
  examples: [
    [
      'Create a deployment and make it the default one',
      'batch-deployment create --file deployment.yml --endpoint-name my-endpoint --set-default',
    ],
    [
      'Create it with another name and smaller mini-batches',
      'batch-deployment create --file deployment.yml --endpoint-name my-endpoint --name small --set settings.mini_batch_size=2',
    ],
  ],
  columns: deploymentColumns,
  run: async ({ file, endpointName, name, setDefault, set, anyPython }, context) => {
    const { createDeployment } = await import('../../registering/createDeployment.js');
    const overlays = [
      ...setOverlays(set),
      ...optionOverlay('endpoint_name', endpointName, '--endpoint-name'),
      ...optionOverlay('name', name, '--name'),
      ...mismatchOverlay(anyPython),
    ];
    return createDeployment(context, { file, overlays, isPresent: false, isDefault: setDefault });
  },
});
