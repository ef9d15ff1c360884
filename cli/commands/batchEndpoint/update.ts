import { failure } from '../../../shared/errors/batchpointError';
import { addOverlays } from '../../changing/changes';
import { assignmentOverlays, asTyped, optionOverlay, setOverlays } from '../../files/overlays';
import { trafficOverlays } from '../../files/trafficOption';
import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { changeOptions } from '../groupOptions';
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
    ...changeOptions,
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
    ['Take a label away', 'batch-endpoint update --name my-endpoint --remove tags.team'],
    ['Change what a file says', 'batch-endpoint update --file endpoint.yml'],
  ],
  columns: endpointColumns,
  run: async ({ file, name, defaults, traffic, set, add, remove, forceString }, context) => {
    const values = [
      ...asTyped([...setOverlays(set), ...addOverlays(add)], forceString),
      ...assignmentOverlays('--defaults', 'defaults', defaults),
      ...trafficOverlays(traffic),
    ];
    if (values.length === 0 && remove === undefined && file === undefined) {
      throw failure('NothingToChange', {
        options: '--file, --defaults, --traffic, --set, --add or --remove',
      });
    }
    const [{ updateEndpoint }, { readBatchEndpoint }] = await Promise.all([
      import('../../registering/updateEndpoint.js'),
      import('../../registering/endpoints.js'),
    ]);
    // The option goes over the name in the file, which may be that of an endpoint that was made under another one.
    const named = file === undefined ? [] : optionOverlay('name', name, '--name');
    const change = {
      endpoint: name,
      file,
      deploymentFile: undefined,
      overlays: [...values, ...named],
      remove,
    };
    return readBatchEndpoint(context.workspace, await updateEndpoint(context, change));
  },
});
