import { assignmentOverlays, optionOverlay, setOverlays } from '../../files/overlays';
import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { defaultsValues, definitionFile, namedInFile, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint create',
  summary: 'Create an endpoint, or change one that is there.',
  details: [
    'Its deployments are made with batch-deployment create. An endpoint that is there already gets what the file says, ' +
      'and keeps its deployments.',
  ],
  options: {
    file: definitionFile('the endpoint'),
    name: namedInFile('endpoint'),
    defaults: defaultsValues,
    set: setValues,
    noWait,
  },
  examples: [
    ['Create an endpoint', 'batch-endpoint create --name my-endpoint'],
    ['Create one as a file says', 'batch-endpoint create --file endpoint.yml'],
    [
      'Create it with another name and a label',
      'batch-endpoint create --file endpoint.yml --name my-other --set tags.team=vision',
    ],
  ],
  columns: endpointColumns,
  run: async ({ file, name, defaults, set }, context) => {
    const [{ createBatchEndpoint }, { readBatchEndpoint }] = await Promise.all([
      import('../../registering/createBatchEndpoint.js'),
      import('../../registering/endpoints.js'),
    ]);
    const overlays = [
      ...setOverlays(set),
      ...assignmentOverlays('--defaults', 'defaults', defaults),
      ...optionOverlay('name', name, '--name'),
    ];
    return readBatchEndpoint(context.workspace, await createBatchEndpoint(context, { file, overlays }));
  },
});
