import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { endpointName } from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint show',
  summary: 'Show an endpoint, with its default deployment.',
  options: { name: endpointName },
  examples: [
    ['Show an endpoint', 'batch-endpoint show --name my-endpoint'],
    [
      'Get the URL that jobs are started at',
      'batch-endpoint show --name my-endpoint --query scoring_uri -o tsv',
    ],
  ],
  columns: endpointColumns,
  run: async ({ name }, { workspace }) => {
    const { readBatchEndpoint } = await import('../../registering/endpoints.js');
    return readBatchEndpoint(workspace, name);
  },
});
