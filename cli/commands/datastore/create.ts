import { optionOverlay, setOverlays } from '../../files/overlays';
import { datastoreColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText, text } from '../options';
import { setValues } from '../sharedOptions';

export const command = define({
  path: 'datastore create',
  summary: 'Create a datastore from a file, or change one.',
  details: [
    'The file says type: azure_blob with account_name and container_name, and credentials where the identity of the ' +
      'host is not enough; or type: local_folder with path. Keys and tokens are kept by the host and never shown.',
  ],
  options: {
    file: neededText('-f, --file <file>', 'A YAML file with the datastore.'),
    name: text('-n, --name <name>', 'Another name than that in the file.'),
    set: setValues,
  },
  examples: [['Create a datastore', 'datastore create --file datastore.yml']],
  columns: datastoreColumns,
  run: async ({ file, name, set }, context) => {
    const { createDatastore } = await import('../../registering/createPlaces.js');
    const overlays = [...setOverlays(set), ...optionOverlay('name', name, '--name')];
    return createDatastore(context, { file, overlays });
  },
});
