import { command as define } from '../command';
import { neededText, toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'datastore delete',
  summary: 'Delete a datastore that no running job uses. What lies in it stays.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the datastore.'),
    yes: toggle(yes, 'Do not ask.'),
  },
  examples: [['Delete a datastore without being asked', 'datastore delete --name pictures --yes']],
  run: async ({ name, yes: isSure }, context) => {
    const { deleteResource } = await import('../../registering/deleteResource.js');
    const path = `datastores/${encodeURIComponent(name)}`;
    await deleteResource(context, { path, what: `datastore '${name}'`, isSure });
  },
});
