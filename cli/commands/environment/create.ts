import { assetOverlays, assignmentOverlays, optionOverlay, pathOverlay } from '../../files/overlays';
import { environmentColumns } from '../../shown/columns';
import { command as define } from '../command';
import { tagValues } from '../groupOptions';
import { text } from '../options';
import { assetVersion, definitionFile, description, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'environment create',
  summary: 'Register a version of an environment: what scoring scripts need.',
  options: {
    file: definitionFile('the environment'),
    name: text('-n, --name <name>', 'The name of the environment.'),
    version: assetVersion,
    condaFile: text('-c, --conda-file <file>', 'A conda file.'),
    requirementsFile: text('-r, --requirements-file <file>', 'A requirements file.'),
    pythonEnvFile: text('--python-env-file <file>', 'A file python_env.yaml, as MLflow writes it.'),
    python: text('--python <path>', 'An interpreter of this machine to use as it is.'),
    image: text(
      '-i, --image <image>',
      'A container image; not used where scripts run in a Python environment.',
    ),
    buildContext: text('-b, --build-context <folder>', 'What an image is built from; accepted, not used.'),
    dockerfilePath: text('-d, --dockerfile-path <file>', 'The Dockerfile in it; accepted, not used.'),
    osType: text('--os-type <type>', 'The system of the image; accepted, not used.'),
    description,
    tags: tagValues,
    noWait,
    set: setValues,
  },
  examples: [
    ['Register an environment', 'environment create --name mnist-env --version 1 --conda-file conda.yml'],
    ['Register it from a file', 'environment create --file environment.yml'],
  ],
  columns: environmentColumns,
  run: async (values, context) => {
    const { createEnvironment } = await import('../../registering/createAssets.js');
    return createEnvironment(context, {
      file: values.file,
      overlays: [
        ...assetOverlays(values),
        ...assignmentOverlays('--tags', 'tags', values.tags),
        ...optionOverlay('image', values.image, '--image'),
        ...optionOverlay('build.dockerfile_path', values.dockerfilePath, '--dockerfile-path'),
        ...optionOverlay('build.path', values.buildContext, '--build-context'),
        ...optionOverlay('os_type', values.osType, '--os-type'),
        ...pathOverlay('conda_file', values.condaFile, '--conda-file', context.currentFolder),
        ...pathOverlay(
          'requirements_file',
          values.requirementsFile,
          '--requirements-file',
          context.currentFolder,
        ),
        ...pathOverlay('python_env_file', values.pythonEnvFile, '--python-env-file', context.currentFolder),
        ...pathOverlay('python', values.python, '--python', context.currentFolder),
      ],
    });
  },
});
