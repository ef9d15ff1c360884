import type { AnsweredEndpoint } from '../../client/resources';
import { endpointColumns } from '../../shown/columns';
import { shownEndpoint } from '../../shown/endpoint';
import { listOptions } from '../../registering/listOptions';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';
import { typeBatch } from '../sharedOptions';

export const command = define({
  path: 'endpoint list',
  summary: 'List all endpoints.',
  options: { type: typeBatch, maxResults: mostItems },
  examples: [
    ['List the endpoints as a table', 'endpoint list --type batch -o table'],
    ['List their names', 'endpoint list --type batch --query "[].name" -o tsv'],
  ],
  columns: endpointColumns,
  run: async ({ maxResults }, { workspace }) => {
    const endpoints = await workspace.all<AnsweredEndpoint>('batchEndpoints', listOptions({ maxResults }));
    return endpoints.map((endpoint) => shownEndpoint(endpoint));
  },
});
