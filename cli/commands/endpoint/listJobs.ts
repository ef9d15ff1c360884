import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { jobListOptions } from '../groupOptions';
import { endpointName, typeBatch } from '../sharedOptions';

export const command = define({
  path: 'endpoint list-jobs',
  summary: 'List the jobs of an endpoint, the newest first.',
  options: { name: endpointName, type: typeBatch, ...jobListOptions },
  examples: [['List the jobs of an endpoint', 'endpoint list-jobs --type batch --name my-endpoint -o table']],
  columns: jobColumns,
  run: async ({ name, type: _type, ...choice }, context) => {
    const [{ listJobs }, { endpointPath }] = await Promise.all([
      import('../../following/listJobs.js'),
      import('../../registering/endpoints.js'),
    ]);
    return listJobs(context, { path: `${endpointPath(name)}/jobs`, audience: 'data', ...choice });
  },
});
