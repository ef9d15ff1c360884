import type { AnsweredDatastore } from '../../client/resources';
import { datastoreColumns } from '../../shown/columns';
import { shownDatastore } from '../../shown/places';
import { command as define } from '../command';
import { neededText } from '../options';

export const command = define({
  path: 'datastore show',
  summary: 'Show a datastore, without its secrets.',
  options: { name: neededText('-n, --name <name>', 'The name of the datastore.') },
  examples: [['Show the default datastore', 'datastore show --name workspaceblobstore']],
  columns: datastoreColumns,
  run: async ({ name }, { workspace }) =>
    shownDatastore(await workspace.get<AnsweredDatastore>(`datastores/${encodeURIComponent(name)}`)),
});
