import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { list, text, toggle, wholeNumber } from '../options';
import { jobName } from '../sharedOptions';
import { usageInvalid } from '../usageInvalid';

const path = 'job rerun';

export const command = define({
  path,
  summary: 'Do a job again: all of it, what failed in it, or what it was stopped before.',
  details: [
    'A new job is started with the input, the settings and the versions of the other one; what is given here goes over ' +
      'its settings. The new job is printed as it is now; job stream follows it. Without --failed-only and --resume the ' +
      'whole input is scored anew.',
    '--failed-only scores the files that failed, into an output of their own. Where it cannot be told which files of a ' +
      'mini-batch failed, all of them are scored.',
    '--resume goes on after a job that failed or was cancelled, into one complete output, in input order. What was scored ' +
      'without failures is taken over, all else is scored; the files are those of that job, whatever has become of the ' +
      'input since. Failures are counted anew.',
  ],
  options: {
    name: jobName,
    failedOnly: toggle('--failed-only', 'Score only the files that failed.'),
    resume: toggle('--resume', 'Go on after the job was stopped.'),
    outputPath: text(
      '--output-path <path>',
      'The folder of the output: azureml://datastores/<name>/paths/<path>, or one of this machine; azureml/<job>/score ' +
        'of the default datastore where it is left out.',
    ),
    errorThreshold: wholeNumber(
      '--error-threshold <number>',
      'Failed files that the new job bears; -1 for any number.',
      -1,
    ),
    instanceCount: wholeNumber('-c, --instance-count <number>', 'Nodes for the job.', 1),
    set: list(
      '--set <key=value...>',
      'Values over the settings of the other job, such as retry_settings.timeout=60 or environment_variables.<name>=x.',
    ),
    jobName: text('--job-name <name>', 'The name of the new job; one is made where it is left out.'),
  },
  operand: 'name',
  examples: [
    ['Score what failed', 'job rerun <job> --failed-only'],
    [
      'Go on after a job that its error threshold has stopped',
      'job rerun <job> --resume --error-threshold 100',
    ],
    ['Do all of it again', 'job rerun --name <job>'],
  ],
  columns: jobColumns,
  run: async ({ failedOnly, resume, ...options }, context) => {
    if (failedOnly && resume)
      throw usageInvalid('--failed-only and --resume each say what is scored, and one is enough', path);
    const { rerunJob } = await import('../../invoking/rerunJob.js');
    const mode = failedOnly ? 'failedOnly' : resume ? 'resume' : 'all';
    return rerunJob(context, { ...options, mode, command: path, outputDatastore: undefined });
  },
});
