import type { AnsweredDatastore } from '../../client/resources';
import { datastoreColumns } from '../../shown/columns';
import { shownDatastore } from '../../shown/places';
import { listOptions } from '../../registering/listOptions';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'datastore list',
  summary: 'List all datastores, without their secrets.',
  options: { maxResults: mostItems },
  examples: [['List the datastores as a table', 'datastore list -o table']],
  columns: datastoreColumns,
  run: async ({ maxResults }, { workspace }) =>
    (await workspace.all<AnsweredDatastore>('datastores', listOptions({ maxResults }))).map(shownDatastore),
});
