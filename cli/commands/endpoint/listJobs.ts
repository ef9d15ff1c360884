import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { jobListOptions } from '../groupOptions';
import { text } from '../options';
import { endpointName, typeBatch } from '../sharedOptions';

export const command = define({
  path: 'endpoint list-jobs',
  summary: 'List the jobs of an endpoint or of one deployment, the newest first.',
  options: {
    name: endpointName,
    type: typeBatch,
    deployment: text('-d, --deployment <deployment>', 'The deployment; all of them where it is left out.'),
    ...jobListOptions,
  },
  examples: [['List the jobs of an endpoint', 'endpoint list-jobs --type batch --name my-endpoint -o table']],
  columns: jobColumns,
  run: async ({ name, type: _type, deployment, ...choice }, context) => {
    const [{ listJobs }, { deploymentPath, endpointPath }] = await Promise.all([
      import('../../following/listJobs.js'),
      import('../../registering/endpoints.js'),
    ]);
    const owner = deployment === undefined ? endpointPath(name) : deploymentPath(name, deployment);
    return listJobs(context, { path: `${owner}/jobs`, audience: 'data', ...choice });
  },
});
