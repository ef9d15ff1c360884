import { notificationPath } from '../../shown/notification';
import { command as define } from '../command';
import { neededText, toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'notification delete',
  summary: 'Delete a notification. One that waits is not told any more.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the notification.'),
    yes: toggle(yes, 'Do not ask.'),
  },
  examples: [['Delete a notification without being asked', 'notification delete --name <name> --yes']],
  run: async ({ name, yes: isSure }, context) => {
    const { deleteResource } = await import('../../registering/deleteResource.js');
    await deleteResource(context, { path: notificationPath(name), what: `notification '${name}'`, isSure });
  },
});
