import { addOverlays } from '../../changing/changes';
import { asTyped, setOverlays } from '../../files/overlays';
import { triggerColumns } from '../../shown/columns';
import { command as define } from '../command';
import { changeOptions, triggerName } from '../groupOptions';
import { definitionFile } from '../sharedOptions';

export const command = define({
  path: 'trigger update',
  summary: 'Change a trigger. What has landed and waits is scored as the trigger says from then on.',
  details: ['A file stands for the whole trigger; without one, what is not said stays as it is.'],
  options: {
    name: triggerName,
    file: definitionFile('the trigger as it is to be'),
    ...changeOptions,
  },
  examples: [
    ['Watch other files', 'trigger update --name score-arrivals --set \'watch.include=["*.csv","*.tsv"]\''],
    [
      'Let its jobs have larger mini-batches',
      'trigger update --name score-arrivals --set overrides.mini_batch_size=50',
    ],
    ['Let the outputs go to their default place', 'trigger update --name score-arrivals --remove output'],
  ],
  columns: triggerColumns,
  run: async ({ name, file, set, add, remove, forceString }, context) => {
    const { updateTrigger } = await import('../../changing/updateTrigger.js');
    const overlays = [...asTyped(setOverlays(set), forceString), ...asTyped(addOverlays(add), forceString)];
    return updateTrigger(context, { name, file, overlays, remove });
  },
});
