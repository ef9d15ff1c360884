import type { ErrorEntry } from '../errorEntry';

/** What goes wrong while mini-batches are scored. Most of these count files as failed and let the job go on. */
export const scoringErrors = {
  PythonMissing: {
    status: 500,
    text: "Python could not be started as '{python}': {reason}. Install Python 3.10 or later, or name an interpreter in BATCHPOINT_PYTHON.",
  },
  NodeMissing: {
    status: 500,
    text: "Node could not be started as '{node}', the program that runs this host: {reason}. Where it has been replaced by another version, start the host again.",
  },
  PythonTooOld: {
    status: 500,
    text: "The Python '{python}' is version {version}, and 3.10 or later is needed. Name another interpreter in BATCHPOINT_PYTHON.",
  },
  PythonVersionMissing: {
    status: 400,
    text: 'The environment asks for Python {wanted}, and there is: {found}. Either {install}; or let the environment be made with another one, which every job then says: --allow-python-mismatch (allow_python_mismatch: true in the settings), or BATCHPOINT_ALLOW_PYTHON_MISMATCH=1 for all of a host.',
  },
  EnsurepipMissing: {
    status: 500,
    text: "The Python '{python}' cannot make virtual environments, as it comes without ensurepip. Install the package {package} (on Debian and Ubuntu: apt install {package}).",
  },
  EnvironmentFailed: {
    status: 500,
    text: 'The environment could not be installed ({step}). The last lines of the installer: {lines}',
  },
  InitFailed: {
    status: 400,
    text: 'init() of the scoring script raised {exception}: {message}',
  },
  OnnxModelUnusable: {
    status: 400,
    text: 'The ONNX model cannot be used: {message}',
  },
  InitTimedOut: {
    status: 400,
    text: 'init() of the scoring script took longer than {seconds} seconds, and its process was ended. If it needs that long, raise BATCHPOINT_INIT_TIMEOUT, in the environment_variables of the deployment, or for all deployments in those of the host. The end of its standard error: {lines}',
  },
  VariableInvalid: {
    status: 400,
    text: "The environment variable {name} of the deployment is '{value}', and has to be {expected}.",
  },
  InitExited: {
    status: 400,
    text: 'The scoring script ended its process before init() was done ({how}). The end of its standard error: {lines}',
  },
  ScriptLacksRun: {
    status: 400,
    text: "The scoring script '{script}' has no function run(mini_batch) after it was loaded.",
  },
  RunRaised: {
    status: 400,
    text: 'run() raised {exception}: {message}',
  },
  RunExited: {
    status: 400,
    text: 'run() called {message}, which fails the try. Return a result where a file is scored, and raise an exception where it cannot be.',
  },
  RunTimedOut: {
    status: 400,
    text: 'run() took longer than its timeout of {seconds} seconds, and its process was ended. Raise retry_settings.timeout, or make mini-batches smaller.',
  },
  ResultInvalid: {
    status: 400,
    text: '{message}',
  },
  ResultColumnMissing: {
    status: 400,
    text: "The result of run() has no column '{column}', which settings.output.columns names. It has: {columns}.",
  },
  ResultColumnTwice: {
    status: 400,
    text: "The result of run() has a column '{column}' twice, or beside the one of that name that settings.output.include adds. Name it otherwise.",
  },
  ResultValueMisfit: {
    status: 400,
    text: "The value {value} of column '{column}' in row {row} is no {type}. Give another type for the column in settings.output.columns, or another value.",
  },
  ScriptFileNameInvalid: {
    status: 400,
    text: 'run() wrote a file to AZUREML_BI_OUTPUT_PATH of which the name is not valid UTF-8: {name}. Write it under another name.',
  },
  TooFewResults: {
    status: 400,
    text: 'run() gave {elements} elements for {files} files, so {failed} of them count as failed; which ones cannot be told.',
  },
  WorkerDied: {
    status: 400,
    text: 'The process of the scoring script ended while run() was at work ({how}). The end of its standard error: {lines}',
  },
  WorkerOutOfMemory: {
    status: 400,
    text: 'The worker held {held} MiB of memory in {during}, with the processes that it had started, and was ended: its limit is {limit} MiB. Raise settings.worker_memory (or BATCHPOINT_WORKER_MEMORY of the host), make mini-batches smaller (mini_batch_size), or let the script hold less at once.',
  },
  MachineOutOfMemory: {
    status: 400,
    text: 'The system ended the worker in {during}, as {where} had no memory left. Let fewer scorers run at once (max_concurrency_per_instance, or BATCHPOINT_MAX_PARALLELISM of the host), make mini-batches smaller (mini_batch_size), or set settings.worker_memory, so that only a worker that holds too much is ended.',
  },
  HostTakenDown: {
    status: 500,
    text: 'The mini-batch was at work {tries} times when the whole host went down, and it is not tried again.',
  },
  FileInvalid: {
    status: 400,
    text: '{message}',
  },
  RowsNotEncoded: {
    status: 500,
    text: 'The rows of a mini-batch could not be encoded: {reason}.',
    retryable: true,
  },
  WorkerBroken: {
    status: 500,
    text: 'The rows of a worker could not be written: {reason}.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
