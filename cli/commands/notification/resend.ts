import type { AnsweredNotification } from '../../client/resources';
import { notificationColumns } from '../../shown/columns';
import { notificationPath, shownNotification } from '../../shown/notification';
import { command as define } from '../command';
import { neededText } from '../options';

export const command = define({
  path: 'notification resend',
  summary: 'Tell it again, at once, and for a day as if it were new.',
  options: { name: neededText('-n, --name <name>', 'The name of the notification.') },
  examples: [['Send it again', 'notification resend --name <name>']],
  columns: notificationColumns,
  run: async ({ name }, { workspace }) => {
    const path = notificationPath(name);
    await workspace.post(`${path}/resend`);
    return shownNotification(await workspace.get<AnsweredNotification>(path));
  },
});
