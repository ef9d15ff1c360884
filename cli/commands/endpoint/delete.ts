import { command as define } from '../command';
import { force, noWait } from '../groupOptions';
import { toggle } from '../options';
import { endpointName, typeBatch, yes } from '../sharedOptions';

export const command = define({
  path: 'endpoint delete',
  summary: 'Delete an endpoint with its deployments.',
  details: [
    'Its jobs stay, with their output. An endpoint with jobs that run is not deleted without --force.',
  ],
  options: { name: endpointName, type: typeBatch, yes: toggle(yes, 'Do not ask.'), force, noWait },
  examples: [
    ['Delete an endpoint without being asked', 'endpoint delete --type batch --name my-endpoint --yes'],
  ],
  run: async ({ name, ...how }, context) => {
    const { deleteEndpoint } = await import('../../registering/deleteEndpoint.js');
    await deleteEndpoint(context, name, how);
  },
});
