import { schedulePath } from '../../registering/createSchedule';
import { noWait } from '../groupOptions';
import { command as define } from '../command';
import { neededText, toggle } from '../options';
import { yes } from '../sharedOptions';

export const command = define({
  path: 'schedule delete',
  summary: 'Delete a schedule. Jobs that it has started go on.',
  options: {
    name: neededText('-n, --name <name>', 'The name of the schedule.'),
    yes: toggle(yes, 'Do not ask.'),
    noWait,
  },
  examples: [['Delete a schedule without being asked', 'schedule delete --name nightly --yes']],
  run: async ({ name, yes: isSure, noWait: isLeft }, context) => {
    const { deleteResource } = await import('../../registering/deleteResource.js');
    await deleteResource(context, {
      path: schedulePath(name),
      what: `schedule '${name}'`,
      isSure,
      wait: !isLeft,
    });
  },
});
