import { jobColumns } from '../../shown/columns';
import { archivedOnly, includeArchived } from '../assetOptions';
import { command as define } from '../command';
import { text, toggle } from '../options';
import { mostResults } from '../sharedOptions';

export const command = define({
  path: 'job list',
  summary: 'List the jobs of all endpoints, the newest first.',
  options: {
    maxResults: mostResults,
    allResults: toggle('--all-results', 'List all of them, however many there are.'),
    includeArchived,
    archivedOnly,
    parentJobName: text('-p, --parent-job-name <job>', 'List the children of this job: one, batchscoring.'),
  },
  examples: [
    ['List all jobs', 'job list --all-results --query "[].name" -o tsv'],
    ['List the last five jobs', 'job list --max-results 5 -o table'],
    ['List those that failed', 'job list --query "[?status==\'Failed\'].name" -o tsv'],
  ],
  columns: jobColumns,
  run: async ({ parentJobName, ...choice }, context) => {
    const { childrenOf, listJobs } = await import('../../following/listJobs.js');
    if (parentJobName !== undefined) return childrenOf(context, parentJobName);
    return listJobs(context, { path: 'jobs', audience: 'management', ...choice });
  },
});
