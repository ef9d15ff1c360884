import { command as define } from '../command';
import { noWait, triggerName } from '../groupOptions';
import { toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'trigger delete',
  summary: 'Delete a trigger with all that it has noted. Its jobs stay, and so do the files.',
  options: { name: triggerName, yes: toggle(yes, 'Do not ask.'), noWait },
  examples: [['Delete a trigger without being asked', 'trigger delete --name score-arrivals --yes']],
  run: async ({ name, yes: isSure, noWait: isLeft }, context) => {
    const { deleteResource } = await import('../../registering/deleteResource.js');
    const path = `triggers/${encodeURIComponent(name)}`;
    await deleteResource(context, { path, what: `trigger '${name}'`, isSure, wait: !isLeft });
  },
});
