import { failure } from '../../../shared/errors/batchpointError';
import { optionOverlay, setOverlays } from '../../files/overlays';
import { trafficOverlays } from '../../files/trafficOption';
import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { freeText, list, text } from '../options';
import { allowPythonMismatch, endpointName, noWait, typeBatch } from '../sharedOptions';
import { usageInvalid } from '../usageInvalid';

const path = 'endpoint update';

export const command = define({
  path,
  summary: 'Add or replace a deployment, move the traffic, change the description.',
  details: [
    'The traffic of a batch endpoint is 0 or 100: --traffic d:100 sends all invocations that name no deployment to d ' +
      'and sets the others to 0, and --traffic d:0 takes it away from d.',
  ],
  options: {
    name: endpointName,
    type: typeBatch,
    traffic: list('-r, --traffic <deployment:share...>', 'The traffic of a deployment, 0 or 100.'),
    deploymentFile: text(
      '-e, --deployment-file <file>',
      'A YAML file with a deployment to add, or to replace.',
    ),
    deployment: text('-d, --deployment <name>', 'Another name for it than that in the file.'),
    description: freeText('--description <text>', 'Another description.'),
    anyPython: allowPythonMismatch,
    set: list('--set <key=value...>', 'Other values: description, tags.<tag>, traffic.<deployment>.'),
    noWait,
  },
  examples: [
    ['Add a deployment', 'endpoint update --type batch --name my-endpoint --deployment-file green.yml'],
    ['Send all invocations to it', 'endpoint update --type batch --name my-endpoint --traffic green:100'],
    ['Change the description', 'endpoint update --type batch --name my-endpoint --set description="Digits"'],
  ],
  columns: endpointColumns,
  run: async ({ name, traffic, deploymentFile, deployment, description, set, anyPython }, context) => {
    if (deployment !== undefined && deploymentFile === undefined)
      throw usageInvalid('--deployment needs --deployment-file, with the deployment of that name', path);
    const overlays = [
      ...optionOverlay('description', description, '--description'),
      ...setOverlays(set),
      ...trafficOverlays(traffic),
    ];
    if (overlays.length === 0 && deploymentFile === undefined) {
      throw failure('NothingToChange', { options: '--deployment-file, --traffic, --description or --set' });
    }
    const [{ updateEndpoint }, { readEndpoint }] = await Promise.all([
      import('../../registering/updateEndpoint.js'),
      import('../../registering/endpoints.js'),
    ]);
    return readEndpoint(
      context.workspace,
      await updateEndpoint(context, { endpoint: name, deploymentFile, deployment, anyPython, overlays }),
    );
  },
});
