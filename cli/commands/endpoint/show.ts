import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { endpointName, typeBatch } from '../sharedOptions';

export const command = define({
  path: 'endpoint show',
  summary: 'Show an endpoint with its deployments and their traffic.',
  options: { name: endpointName, type: typeBatch },
  examples: [
    ['Show an endpoint', 'endpoint show --type batch --name my-endpoint'],
    [
      'Get the URL that jobs are started at',
      'endpoint show --type batch --name my-endpoint --query scoring_uri -o tsv',
    ],
  ],
  columns: endpointColumns,
  run: async ({ name }, { workspace }) => {
    const { readEndpoint } = await import('../../registering/endpoints.js');
    return readEndpoint(workspace, name);
  },
});
