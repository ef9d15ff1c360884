import type { ErrorEntry } from '../errorEntry';

/** What users of batch endpoints may bring and what is not supported here; each says what is instead. */
export const refusalErrors = {
  PipelineUnsupported: {
    status: 400,
    text: "A deployment of a pipeline (type: {value}) is not supported: a deployment here scores files with one model. Write 'type: model' with a model, and a script for what goes on around it.",
  },
  MlTableUnsupported: {
    status: 400,
    text: "Tables (type: {value}) are not supported: an input is a file or a folder of files. Write 'type: uri_file' or 'type: uri_folder' with the path of the files that the table reads.",
  },
  LiteralUnsupported: {
    status: 400,
    text: 'A plain value (type: {value}) cannot be the input of a deployment of a model: its input is a file or a folder. Give a value to the script as one of its environment_variables.',
  },
  OutputFolderUnsupported: {
    status: 400,
    text: "The output of a job is one file, and not of type {value}: write 'type: uri_file' with the path of that file. The folder alone is named by --output-path.",
  },
  TritonModelUnsupported: {
    status: 400,
    text: "Models of type {value} are not supported: batch scoring calls a script or an MLflow model. Register it as 'type: custom_model' with a script that loads it.",
  },
  ComputeUnsupported: {
    status: 400,
    text: 'Computes of type {value} are not supported: there is one type, amlcompute, which bounds how much runs at once.',
  },
  DatastoreUnsupported: {
    status: 400,
    text: 'Datastores of type {value} are not supported: there are azure_blob, a container of Azure Blob Storage, and local_folder, a folder of the machine of the host.',
  },
  ScheduledJobUnsupported: {
    status: 400,
    text: "A schedule here starts jobs of batch endpoints, and none of type {value}: write a create_job with 'endpoint' and 'input', and leave its type out.",
  },
  ScheduleActionUnsupported: {
    status: 400,
    text: "A schedule here starts jobs of batch endpoints, and does nothing else, as '{value}' would: in a file write a create_job with 'endpoint' and 'input', in a request an action of type InvokeBatchEndpoint.",
  },
  KindUnsupported: {
    status: 400,
    text: "'{value}' is not supported here.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type RefusalCode = keyof typeof refusalErrors;
