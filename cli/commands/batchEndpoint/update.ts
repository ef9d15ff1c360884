import { failure } from '../../../shared/errors/batchpointError';
import { assignmentOverlays, optionOverlay, setOverlays } from '../../files/overlays';
import { trafficOverlays } from '../../files/trafficOption';
import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { list } from '../options';
import { defaultsValues, definitionFile, namedInFile, noWait } from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint update',
  summary: 'Change the default deployment, the description or the tags of an endpoint.',
  details: ['What is left out stays as it is.'],
  options: {
    file: definitionFile('the endpoint as it is to be'),
    name: namedInFile('endpoint'),
    defaults: defaultsValues,
    traffic: list(
      '--traffic <deployment:share...>',
      'The same as in 2021: the traffic of a deployment, 0 or 100.',
    ),
    set: list(
      '--set <key=value...>',
      'Other values: defaults.deployment_name, description, tags.<tag>, properties.<name>.',
    ),
    noWait,
  },
  examples: [
    [
      'Make a deployment the default one',
      'batch-endpoint update --name my-endpoint --set defaults.deployment_name=green',
    ],
    ['The same', 'batch-endpoint update --name my-endpoint --defaults deployment_name=green'],
    ['Change what a file says', 'batch-endpoint update --file endpoint.yml'],
  ],
  columns: endpointColumns,
  run: async ({ file, name, defaults, traffic, set }, context) => {
    const values = [
      ...setOverlays(set),
      ...assignmentOverlays('--defaults', 'defaults', defaults),
      ...trafficOverlays(traffic),
    ];
    if (values.length === 0 && file === undefined) {
      throw failure('NothingToChange', { options: '--file, --defaults, --traffic or --set' });
    }
    const [{ updateEndpoint }, { readBatchEndpoint }] = await Promise.all([
      import('../../registering/updateEndpoint.js'),
      import('../../registering/endpoints.js'),
    ]);
    // The option goes over the name in the file, which may be that of an endpoint that was made under another one.
    const named = file === undefined ? [] : optionOverlay('name', name, '--name');
    const change = { endpoint: name, file, deploymentFile: undefined, overlays: [...values, ...named] };
    return readBatchEndpoint(context.workspace, await updateEndpoint(context, change));
  },
});
