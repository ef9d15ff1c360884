import { command as define } from '../command';
import { toggle } from '../options';
import { endpointName, typeBatch, yes } from '../sharedOptions';

export const command = define({
  path: 'endpoint delete',
  summary: 'Delete an endpoint with its deployments.',
  details: ['Its jobs stay, with their output. An endpoint with jobs that run is not deleted.'],
  options: { name: endpointName, type: typeBatch, yes: toggle(yes, 'Do not ask.') },
  examples: [
    ['Delete an endpoint without being asked', 'endpoint delete --type batch --name my-endpoint --yes'],
  ],
  run: async ({ name, yes: isSure }, context) => {
    const [{ deleteResource }, { endpointPath }] = await Promise.all([
      import('../../registering/deleteResource.js'),
      import('../../registering/endpoints.js'),
    ]);
    await deleteResource(context, { path: endpointPath(name), what: `endpoint '${name}'`, isSure });
  },
});
