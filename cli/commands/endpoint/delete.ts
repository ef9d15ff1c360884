import { command as define } from '../command';
import { force, noWait } from '../groupOptions';
import { text, toggle } from '../options';
import { endpointName, typeBatch, yes } from '../sharedOptions';

export const command = define({
  path: 'endpoint delete',
  summary: 'Delete an endpoint with its deployments, or one deployment.',
  details: [
    'Its jobs stay, with their output. An endpoint with jobs that run is not deleted without --force.',
  ],
  options: {
    name: endpointName,
    type: typeBatch,
    deployment: text('-d, --deployment <deployment>', 'The deployment to delete; the endpoint stays.'),
    yes: toggle(yes, 'Do not ask.'),
    force,
    noWait,
  },
  examples: [
    ['Delete an endpoint without being asked', 'endpoint delete --type batch --name my-endpoint --yes'],
    ['Delete one deployment', 'endpoint delete --type batch --name my-endpoint --deployment green --yes'],
  ],
  run: async ({ name, deployment, ...how }, context) => {
    const { deleteDeployment, deleteEndpoint } = await import('../../registering/deleteEndpoint.js');
    if (deployment === undefined) await deleteEndpoint(context, name, how);
    else await deleteDeployment(context, { endpoint: name, name: deployment }, how);
  },
});
