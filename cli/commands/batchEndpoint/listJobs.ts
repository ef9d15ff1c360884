import { jobColumns } from '../../shown/columns';
import { jobListOptions } from '../groupOptions';
import { command as define } from '../command';
import { endpointName } from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint list-jobs',
  summary: 'List the jobs of an endpoint, the newest first.',
  options: { name: endpointName, ...jobListOptions },
  examples: [['List the jobs of an endpoint', 'batch-endpoint list-jobs --name my-endpoint -o table']],
  columns: jobColumns,
  run: async ({ name, ...choice }, context) => {
    const [{ listJobs }, { endpointPath }] = await Promise.all([
      import('../../following/listJobs.js'),
      import('../../registering/endpoints.js'),
    ]);
    return listJobs(context, { path: `${endpointPath(name)}/jobs`, audience: 'data', ...choice });
  },
});
