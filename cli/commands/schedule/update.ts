import { addOverlays } from '../../changing/changes';
import { asTyped, setOverlays } from '../../files/overlays';
import { scheduleColumns } from '../../shown/columns';
import { changeOptions } from '../groupOptions';
import { command as define } from '../command';
import { neededText } from '../options';
import { definitionFile, noWait } from '../sharedOptions';

export const command = define({
  path: 'schedule update',
  summary: 'Change a schedule.',
  details: ['A file stands for the whole schedule; without one, what is not said stays as it is.'],
  options: {
    name: neededText('-n, --name <name>', 'The name of the schedule.'),
    file: definitionFile('the schedule as it is to be'),
    ...changeOptions,
    noWait,
  },
  examples: [
    ['Let it be due at another time', 'schedule update --name nightly --set trigger.expression="30 4 * * *"'],
    [
      'Let its jobs have larger mini-batches',
      'schedule update --name nightly --set create_job.overrides.mini_batch_size=50',
    ],
    ['Take its end away', 'schedule update --name nightly --remove trigger.end_time'],
  ],
  columns: scheduleColumns,
  run: async ({ name, file, set, add, remove, forceString }, context) => {
    const { updateSchedule } = await import('../../changing/updateSchedule.js');
    const overlays = [...asTyped(setOverlays(set), forceString), ...asTyped(addOverlays(add), forceString)];
    return updateSchedule(context, { name, file, overlays, remove });
  },
});
