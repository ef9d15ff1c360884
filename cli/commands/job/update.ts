import { jobColumns } from '../../shown/columns';
import { changeOptions } from '../groupOptions';
import { command as define } from '../command';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job update',
  summary: 'Change what is said of a job: display_name, description and tags.',
  options: { name: jobName, ...changeOptions },
  examples: [
    ['Set a label', 'job update --name <job> --set tags.team=vision'],
    ['Give it a name for people', 'job update --name <job> --set display_name="Digits of May"'],
    ['Take a label away', 'job update --name <job> --remove tags.team'],
  ],
  columns: jobColumns,
  run: async ({ name, ...changes }, context) => {
    const { updateJob } = await import('../../changing/updateJob.js');
    return updateJob(context, name, changes);
  },
});
