import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { choice, list, text, wholeNumber } from '../options';
import {
  allowPythonMismatch,
  definitionFile,
  endpointName,
  excludedFiles,
  includedFiles,
} from '../sharedOptions';

export const command = define({
  path: 'batch-endpoint invoke',
  summary: 'Start a job: score an input with a deployment of an endpoint.',
  details: [
    'Exactly one input is given. The job is printed as it is now; job stream follows it. A request that is repeated ' +
      'after a lost connection never starts a second job.',
    'The output goes to the folder azureml/<job>/score of the default datastore, unless --output-path names another ' +
      'folder, or --outputs the file itself.',
  ],
  options: {
    name: endpointName,
    input: text(
      '--input <what>',
      'The input: azureml:<name>:<version>, azureml:<name>@latest, a URL, azureml://datastores/<name>/paths/<path>, or a ' +
        'file or folder of this machine.',
    ),
    inputType: choice('--input-type <type>', 'What the input is: a folder where it is left out.', [
      'uri_file',
      'uri_folder',
    ]),
    inputs: list(
      '--inputs <key=value...>',
      'The input by its name, as in a file: <name>.path=<what>, <name>.type=<type>.',
    ),
    inputData: text('--input-data <reference>', 'Registered data, as in 2022: azureml:<name>:<version>.'),
    inputPath: text('--input-path <url>', 'A URL, as in 2022: folder:<url> or file:<url>.'),
    inputLocalPath: text('--input-local-path <path>', 'A file or folder of this machine, as in 2022.'),
    outputPath: text(
      '--output-path <path>',
      'The folder of the output: azureml://datastores/<name>/paths/<path>, also behind folder:, or one of this machine.',
    ),
    outputs: list(
      '--outputs <key=value...>',
      'The file of the output by its name, as in a file: <name>.path=<path of a file>, <name>.type=uri_file.',
    ),
    deployment: text('-d, --deployment-name <name>', 'Another deployment than the default one.'),
    file: definitionFile('the inputs, the outputs and the settings of the job'),
    include: includedFiles,
    exclude: excludedFiles,
    miniBatchSize: wholeNumber('-m, --mini-batch-size <number>', 'Files that are handed to one run().', 1),
    instanceCount: wholeNumber('-c, --instance-count <number>', 'Nodes for the job.', 1),
    set: list(
      '--set <key=value...>',
      'Values over those of the file: inputs.<name>.path, outputs.<name>.path, output_file_name, ' +
        'retry_settings.timeout, error_threshold, environment_variables.<name> and the other settings of a deployment.',
    ),
    anyPython: allowPythonMismatch,
    jobName: text('--job-name <name>', 'The name of the job; a new one where it is left out.'),
    experimentName: text('-e, --experiment-name <name>', 'An experiment that the job belongs to.'),
  },
  examples: [
    [
      'Score registered data',
      'batch-endpoint invoke --name my-endpoint --input azureml:heart@latest --query name -o tsv',
    ],
    [
      'Score a folder that a URL names, with another deployment',
      'batch-endpoint invoke --name my-endpoint --deployment-name green --input https://example.com/images --input-type uri_folder',
    ],
    ['Score a folder of this machine', 'batch-endpoint invoke --name my-endpoint --input ./images'],
    [
      'Score some files of a folder',
      "batch-endpoint invoke --name my-endpoint --input ./images --include '*.png' --exclude 'drafts/'",
    ],
    [
      'Choose the file of the output',
      'batch-endpoint invoke --name my-endpoint --input ./images --outputs score.path=azureml://datastores/workspaceblobstore/paths/today/digits.csv',
    ],
    ['Do what a file says', 'batch-endpoint invoke --name my-endpoint --file invocation.yml'],
  ],
  columns: jobColumns,
  run: async (values, context) => {
    const { invokeEndpoint } = await import('../../invoking/invokeEndpoint.js');
    return invokeEndpoint(context, {
      ...values,
      outputDatastore: undefined,
      command: 'batch-endpoint invoke',
    });
  },
});
