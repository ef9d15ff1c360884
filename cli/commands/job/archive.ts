import { command as define } from '../command';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job archive',
  summary: 'Leave a job out of lists. It stays as it is, with its output.',
  options: { name: jobName },
  examples: [['Archive a job', 'job archive --name <job>']],
  run: async ({ name }, context) => {
    const { archiveJob } = await import('../../changing/updateJob.js');
    await archiveJob(context, name, true);
  },
});
