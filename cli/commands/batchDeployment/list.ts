import type { AnsweredDeployment } from '../../client/resources';
import { listOptions } from '../../registering/listOptions';
import { shownBatchDeployment } from '../../shown/batchDeployment';
import { deploymentColumns } from '../../shown/columns';
import { mostItems, ofEndpoint } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'batch-deployment list',
  summary: 'List the deployments of an endpoint.',
  options: { endpointName: ofEndpoint, maxResults: mostItems },
  examples: [['List them as a table', 'batch-deployment list --endpoint-name my-endpoint -o table']],
  columns: deploymentColumns,
  run: async ({ endpointName, maxResults }, { workspace }) => {
    const { endpointPath } = await import('../../registering/endpoints.js');
    const path = `${endpointPath(endpointName)}/deployments`;
    const deployments = await workspace.all<AnsweredDeployment>(path, listOptions({ maxResults }));
    return deployments.map((deployment) => shownBatchDeployment(endpointName, deployment));
  },
});
