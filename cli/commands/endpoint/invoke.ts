import { jobColumns } from '../../shown/columns';
import { command as define } from '../command';
import { list, text, wholeNumber } from '../options';
import { allowPythonMismatch, endpointName, excludedFiles, includedFiles, typeBatch } from '../sharedOptions';
import { usageInvalid } from '../usageInvalid';

const path = 'endpoint invoke';

export const command = define({
  path,
  summary: 'Start a job: score an input with a deployment of an endpoint.',
  details: [
    'Exactly one input is given: registered data, a datastore with a path in it, a URL, or a local path. The job is ' +
      'printed as it is now; job stream follows it. A request that is repeated after a lost connection never starts ' +
      'a second job.',
    'The output goes to the folder azureml/<job>/score of the default datastore, unless --output-path says otherwise: ' +
      'a path in the datastore, azureml://datastores/<name>/paths/<path>, or a local folder as an absolute path, as ' +
      './folder or as a file: URI. A relative path stays below the current folder: one that climbs out of it with .. is ' +
      'refused.',
  ],
  options: {
    name: endpointName,
    type: typeBatch,
    inputData: text('-i, --input-data <reference>', 'Registered data: azureml:<name>:<version>.'),
    inputDatastore: text(
      '-u, --input-datastore <reference>',
      'The datastore that --input-path is in: azureml:<name>.',
    ),
    inputPath: text('-p, --input-path <path>', 'A URL; with --input-datastore, a path in the datastore.'),
    inputLocalPath: text('-l, --input-local-path <path>', 'A file or folder of this machine.'),
    outputDatastore: text(
      '-s, --output-datastore <reference>',
      'The datastore of the output: azureml:<name>.',
    ),
    outputPath: text('-x, --output-path <path>', 'The folder of the output.'),
    deployment: text('-d, --deployment <deployment>', 'Another deployment than the default one.'),
    deploymentName: text('--deployment-name <deployment>', 'The same, in the words of today.'),
    include: includedFiles,
    exclude: excludedFiles,
    miniBatchSize: wholeNumber('-m, --mini-batch-size <number>', 'Files that are handed to one run().', 1),
    instanceCount: wholeNumber('-c, --instance-count <number>', 'Nodes for the job.', 1),
    set: list(
      '--set <key=value...>',
      'Other settings for this job: output_file_name, retry_settings.max_retries, retry_settings.timeout, ' +
        'error_threshold, logging_level, mini_batch_size, instance_count, max_concurrency_per_instance, ' +
        'output_action, environment_variables.<name>.',
    ),
    anyPython: allowPythonMismatch,
    jobName: text('--job-name <name>', 'The name of the job; a new one where it is left out.'),
    experimentName: text('--experiment-name <name>', 'An experiment that the job belongs to.'),
  },
  examples: [
    [
      'Score a folder of this machine',
      'endpoint invoke --type batch --name my-endpoint --input-local-path ./images',
    ],
    [
      'Score what a URL gives, and keep the name of the job',
      'endpoint invoke --type batch --name my-endpoint --input-path https://example.com/taxi.csv --query name -o tsv',
    ],
    [
      'Score registered data with other settings',
      'endpoint invoke --type batch --name my-endpoint --input-data azureml:digits:1 --mini-batch-size 5 --set retry_settings.max_retries=1',
    ],
    [
      'Write the output elsewhere',
      'endpoint invoke --type batch --name my-endpoint --input-local-path ./images --output-path ./predictions --set output_file_name=digits.csv',
    ],
  ],
  columns: jobColumns,
  run: async ({ deploymentName, ...values }, context) => {
    if (values.deployment !== undefined && deploymentName !== undefined) {
      throw usageInvalid('--deployment and --deployment-name say the same: give one of them', path);
    }
    const { invokeEndpoint } = await import('../../invoking/invokeEndpoint.js');
    return invokeEndpoint(context, {
      ...values,
      deployment: values.deployment ?? deploymentName,
      command: path,
    });
  },
});
