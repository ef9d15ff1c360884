import type { ErrorEntry } from '../errorEntry';

/** Why a job is refused, and why one fails. */
export const jobErrors = {
  NoDefaultDeployment: {
    status: 400,
    text: 'No valid deployments to route to. Please check that the endpoint has at least one deployment with positive weight values or use a deployment specific header to route.',
  },
  InputMissing: {
    status: 400,
    text: 'The invocation names no input. Give registered data, a datastore and a path, a URL, or a local path.',
  },
  InputAmbiguous: {
    status: 400,
    text: 'The invocation names {count} inputs, and a model deployment scores exactly one.',
  },
  InputFormsMixed: {
    status: 400,
    text: "The invocation names its input twice: in 'dataset', the form of 2021, and in 'inputData', the form of today. Give one of them.",
  },
  OutputSchemaDiffers: {
    status: 400,
    text: 'The columns of the output are not the same in all mini-batches: mini-batch {miniBatch} has {columns}, and mini-batch {first} has {firstColumns}. Declare the columns with their types in settings.output.columns.',
  },
  OutputOptionsMixed: {
    status: 400,
    text: "In the settings of the output, '{option}' cannot be with format {format}: {reason}.",
  },
  OutputColumnTwice: {
    status: 400,
    text: "The settings of the output name the column '{column}' twice. Name each column once; those of 'include' count too.",
  },
  OutputFormsMixed: {
    status: 400,
    text: "The invocation names its output twice: in 'outputDataset', the form of 2021, and in 'outputData', the form of today. Give one of them.",
  },
  InputNotFound: {
    status: 400,
    text: "The input '{input}' does not exist. Check its name; a local path starts from the folder that you are in.",
  },
  InputIsFolder: {
    status: 400,
    text: "The input '{input}' is a folder, and the invocation says that it is a file (uri_file, UriFile). Say uri_folder, or name one file of it.",
  },
  InputUnreadable: {
    status: 400,
    text: "The input '{input}' cannot be read: {reason}. Let the host reach and read it, or choose another input.",
  },
  InputEmpty: {
    status: 400,
    text: "The input '{input}' has no files. Name a folder or a file to score.",
  },
  InputPatternInvalid: {
    status: 400,
    text: "The pattern '{pattern}' of {option} cannot be used: {reason}. Patterns are such as *.csv, images/*.png, 2024/** or old/.",
  },
  InputFilterEmpty: {
    status: 400,
    text: "The patterns leave none of {files} of the input '{input}': {patterns}. A pattern without a slash is held against the name of a file, one with a slash against its path in the input; upper and lower case differ.",
  },
  InputNameInvalid: {
    status: 400,
    text: "The input has a file of which the name is not valid UTF-8: '{name}'. Rename it.",
  },
  InputNamesClash: {
    status: 400,
    text: "The input has a file '{file}' and, below a folder of the same name, '{other}': they cannot lie on a disk together. Rename one of them.",
  },
  InputTypeUnsupported: {
    status: 400,
    text: "The file '{file}' is of type {type}, and a model without a script scores {supported}. Leave such files out with unsupported_types: skip or --exclude, or give the deployment a scoring script.",
  },
  InputUriUnsafe: {
    status: 400,
    text: "The input '{input}' is not fetched: {reason}.",
  },
  InputFetchFailed: {
    status: 502,
    text: "The file '{file}' could not be fetched: {reason}. Invoke again when it can be reached.",
    retryable: true,
  },
  OutputInvalid: {
    status: 400,
    text: "'{output}' cannot be the place of the output: {reason}. Name a folder in a datastore, azureml://datastores/<name>/paths/<path>, or a local path.",
  },
  OutputExists: {
    status: 409,
    text: "The output '{output}' exists already, and a job never overwrites. Choose another output path or file name, or remove the file.",
  },
  OutputReserved: {
    status: 409,
    text: "The output '{output}' is reserved for the job '{job}', which is not at its end. Choose another output path or file name.",
  },
  ScriptFileInTheWay: {
    status: 409,
    text: "The script itself wrote a file '{file}' to AZUREML_BI_OUTPUT_PATH, which is the name of the predictions file. Set output_action to summary_only, or choose another output_file_name.",
  },
  OutputUnwritable: {
    status: 400,
    text: "The output '{output}' cannot be written: {reason}. Choose another output path, or let the user that the host runs as write there.",
  },
  TimeoutTooLong: {
    status: 400,
    text: 'A run() may take {timeout} seconds, and this host ends a function after {limit}. Lower retry_settings.timeout, or raise functionTimeout of the host.',
  },
  JobExists: {
    status: 409,
    text: "There is a job '{job}' already. Choose another name, or leave it out to get a new one.",
  },
  RerunTooEarly: {
    status: 409,
    text: "The job '{job}' is not at its end. Follow it with 'batchpoint job stream -n {job}', or cancel it first.",
  },
  RerunNotNeeded: {
    status: 409,
    text: "The job '{job}' is Completed: there is nothing to go on with. What failed in it is scored again with --failed-only, all of it without an option.",
  },
  RerunNothingFailed: {
    status: 409,
    text: "The job '{job}' has no failed files. Where it was stopped, --resume goes on with it.",
  },
  RerunFixed: {
    status: 400,
    text: "A job that is done again has this from the other one, and an invocation cannot change it: {settings} (mode '{mode}'). Leave it out.",
  },
  JobNotCancellable: {
    status: 409,
    text: "The job '{job}' cannot be cancelled any more: it {state}.",
  },
  JobRecordMissing: {
    status: 500,
    text: "The record of the job with the key '{key}' is not in the store. Was the storage changed while the job ran? Invoke again.",
  },
  JobFileMissing: {
    status: 404,
    text: "The job '{job}' has no file '{file}'. 'batchpoint job download -n {job} --all' gets those that it has.",
  },
  ErrorThresholdExceeded: {
    status: 400,
    text: '{failed} files failed, more than the error_threshold of {threshold}. Raise error_threshold, or set it to -1, to let the job go on in spite of such failures.',
  },
  NoSucceededItem: {
    status: 400,
    text: 'Not one of {files} files was scored with success. The first failure: {first}',
  },
  MachineryFailed: {
    status: 500,
    text: 'The job could not go on: {reason}. What was scored is kept.',
  },
  ClaimsNotTiled: {
    status: 500,
    text: 'The outcomes of the job do not fit together: {fault}. Nothing was committed. Invoke again; the records of this job are kept.',
  },
} as const satisfies Record<string, ErrorEntry>;
