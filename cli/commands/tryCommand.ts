import { mismatchOverlay, optionOverlay, setOverlays } from '../files/overlays';
import { command as define, type Command } from './command';
import { neededText, wholeNumber } from './options';
import { allowPythonMismatch, setValues } from './sharedOptions';

/** Files that are scored where nobody says how many. */
const defaultFiles = 3;

const options = {
  file: neededText('-f, --file <file>', 'A YAML file with the deployment.'),
  input: neededText(
    '-i, --input <what>',
    'The input: a file or folder of this machine, a URL, azureml://datastores/<name>/paths/<path>, or ' +
      'azureml:<name>:<version>.',
  ),
  files: wholeNumber(
    '-n, --files <number>',
    `The most files to score, the first ones of the input; ${defaultFiles} where it is left out.`,
    1,
  ),
  miniBatchSize: wholeNumber('-m, --mini-batch-size <number>', 'Files that are handed to one run().', 1),
  anyPython: allowPythonMismatch,
  set: setValues,
};

/** The command that tries a deployment, under one of its groups. */
export function tryCommand(group: 'deployment' | 'batch-deployment'): Command<typeof options> {
  return define({
    path: `${group} try`,
    summary: 'Score some files with a deployment in the foreground, before it is created.',
    details: [
      'The script runs on this machine, in the environment that its jobs will have, which is made where it is not there ' +
        'yet. No job is made, and no host is needed, unless the file or the input names what is registered.',
      'Rows go to standard output, as the predictions file of a job has them. What the script prints, its tracebacks and ' +
        'a summary go to standard error. Each mini-batch is tried once, and all are scored, whatever fails.',
      'The exit code is 0 where all files passed.',
    ],
    options,
    examples: [
      ['Score three files', `${group} try --file deployment.yml --input ./images -n 3`],
      ['Keep the rows', `${group} try --file deployment.yml --input ./images -n 100 > rows.csv`],
    ],
    run: async ({ file, input, files, miniBatchSize, anyPython, set }, context) => {
      const { tryFile } = await import('../trying/tryFile.js');
      const overlays = [
        ...setOverlays(set),
        ...optionOverlay('mini_batch_size', miniBatchSize, '--mini-batch-size'),
        ...mismatchOverlay(anyPython),
      ];
      await tryFile(context, { file, overlays, input, files: files ?? defaultFiles });
    },
  });
}
