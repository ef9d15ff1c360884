import { force, noWait } from '../groupOptions';
import { command as define } from '../command';
import { toggle } from '../options';
import { endpointName, yes } from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint delete',
  summary: 'Delete an endpoint with its deployments.',
  details: [
    'Its jobs stay, with their output. An endpoint with jobs that run is not deleted without --force.',
  ],
  options: { name: endpointName, yes: toggle(yes, 'Do not ask.'), force, noWait },
  examples: [
    ['Delete an endpoint without being asked', 'batch-endpoint delete --name my-endpoint --yes'],
    ['Cancel its jobs first', 'batch-endpoint delete --name my-endpoint --yes --force'],
  ],
  run: async ({ name, ...how }, context) => {
    const { deleteEndpoint } = await import('../../registering/deleteEndpoint.js');
    await deleteEndpoint(context, name, how);
  },
});
