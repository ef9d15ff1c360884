import { command as define } from '../command';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job stream',
  summary: 'Follow a job to its end: what its scripts print, how far it is, and its summary.',
  details: [
    'Ctrl-C ends only the following: the job goes on. The exit code is 0 for a job that is Completed, and 1 for one ' +
      'that Failed or was Canceled.',
  ],
  options: { name: jobName },
  examples: [['Follow a job', 'job stream --name <job>']],
  run: async ({ name }, context) => {
    const { followJob } = await import('../../following/followJob.js');
    await followJob(context, name);
  },
});
