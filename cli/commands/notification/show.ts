import type { AnsweredNotification } from '../../client/resources';
import { notificationColumns } from '../../shown/columns';
import { notificationPath, shownNotification } from '../../shown/notification';
import { command as define } from '../command';
import { neededText } from '../options';

export const command = define({
  path: 'notification show',
  summary: 'Show a notification: what became of it, and what it tells.',
  options: { name: neededText('-n, --name <name>', 'The name of the notification.') },
  examples: [['See why it was not taken', 'notification show --name <name> --query last_error']],
  columns: notificationColumns,
  run: async ({ name }, { workspace }) =>
    shownNotification(await workspace.get<AnsweredNotification>(notificationPath(name))),
});
