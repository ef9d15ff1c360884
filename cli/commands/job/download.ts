import { fileColumns } from '../../shown/columns';
import { command as define } from '../command';
import { text, toggle } from '../options';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job download',
  summary: 'Download the output of a job, or all of its files.',
  details: [
    'The output lands in named-outputs/score/ of the download path. A file that is there already is left alone where ' +
      'it is the same, and kept as <file>.~1~ where it is not.',
  ],
  options: {
    name: jobName,
    outputName: text('--output-name <name>', 'The output; a job has one, score.'),
    downloadPath: text('-p, --download-path <folder>', 'Where to; the current folder where it is left out.'),
    all: toggle('--all', 'Also the logs and all other files of the job.'),
  },
  examples: [
    ['Download the predictions', 'job download --name <job>'],
    ['Download everything of a job', 'job download --name <job> --all --download-path ./my-job'],
  ],
  columns: fileColumns,
  run: async (values, context) => {
    const { downloadJob } = await import('../../downloading/downloadJob.js');
    return downloadJob(context, values);
  },
});
