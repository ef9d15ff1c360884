import { command as define } from '../command';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job restore',
  summary: 'Show a job in lists again.',
  options: { name: jobName },
  examples: [['Restore a job', 'job restore --name <job>']],
  run: async ({ name }, context) => {
    const { archiveJob } = await import('../../changing/updateJob.js');
    await archiveJob(context, name, false);
  },
});
