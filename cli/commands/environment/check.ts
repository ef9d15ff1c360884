import { mismatchOverlay, setOverlays } from '../../files/overlays';
import { command as define } from '../command';
import { neededText, text, toggle } from '../options';
import { allowPythonMismatch, setValues } from '../sharedOptions';

export const command = define({
  path: 'environment check',
  summary: 'Say what would be installed for a deployment, and whether its init() and one file pass.',
  details: [
    'It runs on this machine in the foreground, before there is a deployment or a job. The environment is made where it ' +
      'is not there yet, and jobs of the same definition find it then. No host is needed, unless the file names what is ' +
      'registered.',
    'The exit code is 0 where all of it passed. What goes on, what the script prints and its tracebacks go to standard ' +
      'error.',
  ],
  options: {
    file: neededText('-f, --file <file>', 'A YAML file with the deployment.'),
    input: text(
      '-i, --input <what>',
      'An input of which the first file is scored: a file or folder of this machine, a URL, ' +
        'azureml://datastores/<name>/paths/<path>, or azureml:<name>:<version>.',
    ),
    isPlanOnly: toggle('--plan-only', 'Only say what would be installed: install nothing, and run nothing.'),
    anyPython: allowPythonMismatch,
    set: setValues,
  },
  examples: [
    ['Say what would be installed', 'environment check --file deployment.yml --plan-only'],
    [
      'Install it, and see whether a file can be scored',
      'environment check --file deployment.yml --input ./images',
    ],
  ],
  run: async ({ file, input, isPlanOnly, anyPython, set }, context) => {
    const { checkDeploymentFile } = await import('../../environments/check.js');
    const overlays = [...setOverlays(set), ...mismatchOverlay(anyPython)];
    return checkDeploymentFile(context, { file, overlays, input, isPlanOnly });
  },
});
