import type { AnsweredNotification } from '../../client/resources';
import { notificationColumns } from '../../shown/columns';
import { shownNotification } from '../../shown/notification';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';
import { text, toggle } from '../options';

export const command = define({
  path: 'notification list',
  summary: 'List what was told, and is to be told, of jobs that have ended, the newest first.',
  options: {
    dead: toggle('--dead', 'Only list what was given up.'),
    jobName: text('--job-name <job>', 'Only list what is told of this job.'),
    maxResults: mostItems,
  },
  examples: [
    ['List what nobody has taken', 'notification list --dead -o table'],
    [
      'Look whether the end of a job was told',
      'notification list --job-name <job> --query "[].status" -o tsv',
    ],
  ],
  columns: notificationColumns,
  run: async ({ dead, jobName, maxResults }, { workspace }) => {
    const query = {
      ...(dead ? { status: 'Dead' } : {}),
      ...(jobName === undefined ? {} : { jobName }),
    };
    const most = maxResults === undefined ? {} : { most: maxResults };
    return (await workspace.all<AnsweredNotification>('notifications', { query, ...most })).map(
      shownNotification,
    );
  },
});
