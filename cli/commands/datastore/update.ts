import { addOverlays } from '../../changing/changes';
import { asTyped, setOverlays } from '../../files/overlays';
import { datastoreColumns } from '../../shown/columns';
import { changeOptions } from '../groupOptions';
import { command as define } from '../command';
import { neededText } from '../options';
import { definitionFile } from '../sharedOptions';

export const command = define({
  path: 'datastore update',
  summary: 'Change a datastore. Keys and tokens stay where no others are given.',
  details: ['A file stands for the whole datastore; without one, what is not said stays as it is.'],
  options: {
    name: neededText('-n, --name <name>', 'The name of the datastore.'),
    file: definitionFile('the datastore as it is to be'),
    ...changeOptions,
  },
  examples: [
    ['Change the description', 'datastore update --name pictures --set description="All pictures"'],
    ['Give it another key', 'datastore update --name pictures --file datastore.yml'],
  ],
  columns: datastoreColumns,
  run: async ({ name, file, set, add, remove, forceString }, context) => {
    const { updateDatastore } = await import('../../changing/updatePlaces.js');
    const overlays = [...asTyped(setOverlays(set), forceString), ...asTyped(addOverlays(add), forceString)];
    return updateDatastore(context, { name, file, overlays, remove });
  },
});
