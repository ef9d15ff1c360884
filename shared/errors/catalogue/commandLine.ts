import type { ErrorEntry } from '../errorEntry';

/** What the command line reports of itself: how it was used, and how it got on with the host. */
export const commandLineErrors = {
  UsageInvalid: {
    status: 400,
    text: "{reason} 'batchpoint {command}--help' shows how it is used.",
  },
  SettingInvalid: {
    status: 500,
    text: "The environment variable {name} is '{value}', and has to be {expected}.",
  },
  QueryInvalid: {
    status: 400,
    text: "--query '{query}' is not a JMESPath expression that fits: {reason}.",
  },
  ConfirmationNeeded: {
    status: 400,
    text: 'This deletes {what}, and there is no terminal to ask at. Repeat it with --yes.',
  },
  DeletionDeclined: {
    status: 400,
    text: 'Nothing was deleted.',
  },
  EndpointExists: {
    status: 409,
    text: "There is an endpoint '{endpoint}' already. Change it with 'batchpoint endpoint update', delete it first, or give another name with --name.",
  },
  NothingToChange: {
    status: 400,
    text: 'There is nothing to change. Say what with {options}.',
  },
  TrialFailed: {
    status: 400,
    text: '{failed} of {files} files failed. What they failed with stands above.',
  },
  TrialPartElsewhere: {
    status: 400,
    text: "The {part} '{path}' is not a file or folder of this machine, and a trial runs here. Name a local path; a model may also be a registered one.",
  },
  JobFixed: {
    status: 409,
    text: "The job '{job}' keeps its {field}: only its display_name, description and tags change.",
  },
  JobCanceled: {
    status: 409,
    text: "The job '{job}' was cancelled. What it had scored is kept: 'batchpoint job download -n {job} --all' gets it.",
  },
  JobFailed: {
    status: 500,
    text: "The job '{job}' failed, and its record does not say why. The log of the host may.",
  },
  JobOutputMissing: {
    status: 409,
    text: "The job '{job}' has no output to download: it is {status}. {advice}",
  },
  JobOutputUnknown: {
    status: 404,
    text: "A job has no output named '{output}', only 'score'.",
  },
  DownloadNameUnsafe: {
    status: 502,
    text: "The file '{file}' of the job is not downloaded: its name does not stay in the folder of the download.",
  },
  DownloadInterrupted: {
    status: 502,
    text: "The file '{file}' changed while it was downloaded. Download it again.",
    retryable: true,
  },
  DownloadFailed: {
    status: 500,
    text: "The file '{path}' cannot be written: {reason}.",
  },
  UploadImpossible: {
    status: 409,
    text: "The host at {url} reads no files of this machine, and '{path}' cannot be uploaded to it: {reason}. {advice}",
  },
  UploadChanged: {
    status: 409,
    text: "'{path}' changed while it was uploaded, and was not registered. Repeat the command.",
    retryable: true,
  },
  HostUnreachable: {
    status: 503,
    text: 'The host at {url} cannot be reached: {reason}. {advice}',
    retryable: true,
  },
  HostStartFailed: {
    status: 500,
    text: 'The host could not be started: {reason}',
  },
  HostRunsAlready: {
    status: 409,
    text: "A host serves the state folder '{folder}' already, at {url}. Commands use it; 'kill {pid}' ends it.",
  },
  HostWithoutHttps: {
    status: 409,
    text: "The host at {url} does not serve HTTPS, which the Python package asks for. Start it with 'batchpoint up --https-port 7443'.",
  },
  HostAnswerOdd: {
    status: 502,
    text: '{method} {url} was answered with {status}, and not by Batchpoint as it seems. Check BATCHPOINT_HOST.',
  },
  OperationEnded: {
    status: 409,
    text: 'The operation ended as {status}, without having been done. Repeat the command.',
  },
  Interrupted: {
    status: 500,
    text: 'Interrupted.{advice}',
  },
  CommandFailed: {
    status: 500,
    text: 'Something failed that should not: {reason}. Repeat it with --debug to see where.',
  },
} as const satisfies Record<string, ErrorEntry>;
