import { optionOverlay, setOverlays } from '../../files/overlays';
import { endpointColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText, text } from '../options';
import { allowPythonMismatch, noWait, setValues, typeBatch } from '../sharedOptions';

export const command = define({
  path: 'endpoint create',
  summary: 'Create an endpoint with the deployments of a file.',
  details: [
    'Paths in the file are relative to it. Models, code and environments that it defines in place are registered. ' +
      'All faults of the file are told at once, before anything is made; where a later step fails, the endpoint ' +
      'is taken away again.',
  ],
  options: {
    file: neededText('-f, --file <file>', 'A YAML file with the endpoint and its deployments.'),
    name: text('-n, --name <name>', 'Another name than that in the file.'),
    set: setValues,
    type: typeBatch,
    anyPython: allowPythonMismatch,
    noWait,
  },
  examples: [
    ['Create an endpoint', 'endpoint create --type batch --file endpoint.yml'],
    [
      'Create it with another name and smaller mini-batches',
      'endpoint create --type batch --file endpoint.yml --name my-other --set deployments[0].mini_batch_size=2',
    ],
  ],
  columns: endpointColumns,
  run: async ({ file, name, set, anyPython }, context) => {
    const [{ createEndpoint }, { readEndpoint }] = await Promise.all([
      import('../../registering/createEndpoint.js'),
      import('../../registering/endpoints.js'),
    ]);
    const overlays = [...setOverlays(set), ...optionOverlay('name', name, '--name')];
    return readEndpoint(context.workspace, await createEndpoint(context, { file, overlays }, anyPython));
  },
});
