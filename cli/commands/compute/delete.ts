import { noWait } from '../groupOptions';
import { command as define } from '../command';
import { neededText, toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'compute delete',
  summary: 'Delete a compute that no deployment uses.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the compute.'),
    yes: toggle(yes, 'Do not ask.'),
    noWait,
  },
  examples: [['Delete a compute without being asked', 'compute delete --name cpu-cluster --yes']],
  run: async ({ name, yes: isSure, noWait: isLeft }, context) => {
    const { deleteResource } = await import('../../registering/deleteResource.js');
    const path = `computes/${encodeURIComponent(name)}`;
    await deleteResource(context, { path, what: `compute '${name}'`, isSure, wait: !isLeft });
  },
});
