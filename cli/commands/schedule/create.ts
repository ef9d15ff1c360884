import { optionOverlay, setOverlays } from '../../files/overlays';
import { scheduleColumns } from '../../shown/columns';
import { command as define } from '../command';
import { neededText } from '../options';
import { namedInFile, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'schedule create',
  summary: 'Create a schedule, which starts jobs of an endpoint by the clock; or replace one.',
  options: {
    file: neededText('-f, --file <file>', 'A YAML file with the schedule.'),
    name: namedInFile('schedule'),
    noWait,
    set: setValues,
  },
  examples: [
    ['Create a schedule', 'schedule create --file schedule.yml'],
    [
      'Create one that is due at another time than the file says, and starts no jobs yet',
      'schedule create --file schedule.yml --set trigger.expression="30 4 * * *" is_enabled=false',
    ],
  ],
  columns: scheduleColumns,
  run: async ({ file, name, set }, context) => {
    const { createSchedule } = await import('../../registering/createSchedule.js');
    return createSchedule(context, {
      file,
      overlays: [...setOverlays(set), ...optionOverlay('name', name, '--name')],
    });
  },
});
