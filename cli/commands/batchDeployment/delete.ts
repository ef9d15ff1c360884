import { deploymentName, force, noWait, ofEndpoint } from '../groupOptions';
import { command as define } from '../command';
import { toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'batch-deployment delete',
  summary: 'Delete a deployment that is not the default one of its endpoint.',
  details: [
    'Its jobs stay, with their output. A deployment with jobs that run is not deleted without --force.',
  ],
  options: {
    name: deploymentName,
    endpointName: ofEndpoint,
    yes: toggle(yes, 'Do not ask.'),
    force,
    noWait,
  },
  examples: [
    [
      'Delete a deployment without being asked',
      'batch-deployment delete --name green --endpoint-name my-endpoint --yes',
    ],
    [
      'Cancel its jobs first',
      'batch-deployment delete --name green --endpoint-name my-endpoint --yes --force',
    ],
  ],
  run: async ({ name, endpointName, ...how }, context) => {
    const { deleteDeployment } = await import('../../registering/deleteEndpoint.js');
    await deleteDeployment(context, { endpoint: endpointName, name }, how);
  },
});
