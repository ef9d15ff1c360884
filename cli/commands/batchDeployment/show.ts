import type { AnsweredDeployment } from '../../client/resources';
import { shownBatchDeployment } from '../../shown/batchDeployment';
import { deploymentColumns } from '../../shown/columns';
import { deploymentName, ofEndpoint } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'batch-deployment show',
  summary: 'Show a deployment of an endpoint.',
  options: { name: deploymentName, endpointName: ofEndpoint },
  examples: [['Show a deployment', 'batch-deployment show --name green --endpoint-name my-endpoint']],
  columns: deploymentColumns,
  run: async ({ name, endpointName }, { workspace }) => {
    const { deploymentPath } = await import('../../registering/endpoints.js');
    const path = deploymentPath(endpointName, name);
    return shownBatchDeployment(endpointName, await workspace.get<AnsweredDeployment>(path));
  },
});
