import { command as define } from '../command';
import { text } from '../options';
import { allowPythonMismatch, definitionFile, shownVersion } from '../sharedOptions';

export const command = define({
  path: 'environment dockerfile',
  summary: 'Print the Dockerfile of an environment: its image, with what its definition asks for.',
  details: [
    'It is for the container image of a host elsewhere, such as in Azure: the Python of the environment is in ' +
      'BATCHPOINT_PYTHON there. Conda packages, and the Python of an image of your own, are installed by micromamba. It ' +
      'is printed and not built.',
  ],
  options: {
    name: text('-n, --name <name>', 'The name of a registered environment.'),
    version: shownVersion,
    file: definitionFile('the environment; no host is asked then'),
    anyPython: allowPythonMismatch,
  },
  examples: [
    [
      'Write the Dockerfile of a registered environment',
      'environment dockerfile --name mnist-env > Dockerfile',
    ],
    ['Write that of a file', 'environment dockerfile --file environment.yml > Dockerfile'],
  ],
  run: async (values, context) => {
    const { printDockerfile } = await import('../../environments/dockerfile.js');
    await printDockerfile(context, values);
  },
});
