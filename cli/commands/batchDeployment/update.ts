import { addOverlays } from '../../changing/changes';
import { asTyped, mismatchOverlay, optionOverlay, setOverlays } from '../../files/overlays';
import { deploymentColumns } from '../../shown/columns';
import { command as define } from '../command';
import { changeOptions } from '../groupOptions';
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
  path: 'batch-deployment update',
  summary: 'Change a deployment of an endpoint.',
  details: [
    'A file replaces all of the deployment; --set alone changes single values and leaves the rest. Jobs that run go on ' +
      'with what they started with.',
  ],
  options: {
    file: definitionFile('the deployment as it is to be'),
    endpointName: deploymentEndpoint,
    name: namedInFile('deployment'),
    ...changeOptions,
    set: setValues,
    anyPython: allowPythonMismatch,
    skipScriptValidation,
    noWait,
  },
  examples: [
    [
      'Hand more files to each run()',
      'batch-deployment update --name green --endpoint-name my-endpoint --set settings.mini_batch_size=20',
    ],
    [
      'Use the newest version of a model',
      'batch-deployment update --name green --endpoint-name my-endpoint --set model=azureml:mnist@latest',
    ],
    [
      'Take a label away',
      'batch-deployment update --name green --endpoint-name my-endpoint --remove tags.team',
    ],
    ['Replace it', 'batch-deployment update --file deployment.yml --endpoint-name my-endpoint'],
  ],
  columns: deploymentColumns,
  run: async ({ file, endpointName, name, set, add, remove, forceString, anyPython }, context) => {
    const { updateDeployment } = await import('../../registering/updateDeployment.js');
    const overlays = [
      ...asTyped([...setOverlays(set), ...addOverlays(add)], forceString),
      ...optionOverlay('endpoint_name', endpointName, '--endpoint-name'),
      ...optionOverlay('name', name, '--name'),
      ...mismatchOverlay(anyPython),
    ];
    return updateDeployment(context, { file, endpoint: endpointName, name, overlays, remove });
  },
});
