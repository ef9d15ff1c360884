import { jobColumns } from '../../shown/columns';
import { jobListOptions } from '../groupOptions';
import { command as define } from '../command';
import { text } from '../options';

export const command = define({
  path: 'job list',
  summary: 'List the jobs of all endpoints, the newest first.',
  options: {
    ...jobListOptions,
    trigger: text('--trigger <trigger>', 'Only those that this trigger has started.'),
    schedule: text('--schedule <schedule>', 'Only those that this schedule has started.'),
    parentJobName: text('-p, --parent-job-name <job>', 'List the children of this job: one, batchscoring.'),
  },
  examples: [
    ['List all jobs', 'job list --all-results --query "[].name" -o tsv'],
    ['List the last five jobs', 'job list --max-results 5 -o table'],
    ['List those that a schedule has started', 'job list --schedule nightly -o table'],
    ['List those that failed', 'job list --query "[?status==\'Failed\'].name" -o tsv'],
  ],
  columns: jobColumns,
  run: async ({ parentJobName, ...choice }, context) => {
    const { childrenOf, listJobs } = await import('../../following/listJobs.js');
    if (parentJobName !== undefined) return childrenOf(context, parentJobName);
    return listJobs(context, { path: 'jobs', audience: 'management', ...choice });
  },
});
