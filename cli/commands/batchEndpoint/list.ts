import type { AnsweredEndpoint } from '../../client/resources';
import { listOptions } from '../../registering/listOptions';
import { shownBatchEndpoint } from '../../shown/batchEndpoint';
import { endpointColumns } from '../../shown/columns';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'batch-endpoint list',
  summary: 'List all endpoints.',
  options: { maxResults: mostItems },
  examples: [
    ['List the endpoints as a table', 'batch-endpoint list -o table'],
    ['List their names', 'batch-endpoint list --query "[].name" -o tsv'],
  ],
  columns: endpointColumns,
  run: async ({ maxResults }, { workspace }) => {
    const endpoints = await workspace.all<AnsweredEndpoint>('batchEndpoints', listOptions({ maxResults }));
    return endpoints.map(shownBatchEndpoint);
  },
});
