import { jobColumns } from '../../shown/columns';
import { deploymentName, jobListOptions, ofEndpoint } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'batch-deployment list-jobs',
  summary: 'List the jobs of a deployment, the newest first.',
  options: { name: deploymentName, endpointName: ofEndpoint, ...jobListOptions },
  examples: [
    [
      'List the names of the jobs of a deployment',
      'batch-deployment list-jobs --name green --endpoint-name my-endpoint --query "[].name"',
    ],
  ],
  columns: jobColumns,
  run: async ({ name, endpointName, ...choice }, context) => {
    const [{ listJobs }, { deploymentPath }] = await Promise.all([
      import('../../following/listJobs.js'),
      import('../../registering/endpoints.js'),
    ]);
    const path = `${deploymentPath(endpointName, name)}/jobs`;
    return listJobs(context, { path, audience: 'data', ...choice });
  },
});
