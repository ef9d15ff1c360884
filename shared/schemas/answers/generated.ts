// Generated from the schemas beside it by `npm run schemas`. Do not edit.

/**
 * An asset over all its versions.
 */
export interface AssetContainer {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  properties: {
    /**
     * The newest version that is not archived.
     */
    latestVersion: string | null;
    /**
     * The next whole number that no version has had.
     */
    nextVersion: string;
    /**
     * Whether lists leave it out.
     */
    isArchived: boolean;
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
  };
}

/**
 * The addresses of the cloud that a host is, as clients of Azure look for them.
 */
export interface CloudMetadata {
  name: string;
  /**
   * From the end of this name clients make the audience of their tokens.
   */
  portal: string;
  /**
   * The start of the URLs of management.
   */
  resourceManager: string;
  authentication: {
    loginEndpoint: string;
    audiences: string[];
    tenant: string;
  };
  suffixes: {
    /**
     * What stands behind '<account>.blob.' in the URL of a blob service.
     */
    storage: string;
  };
}

/**
 * A version of scoring code, as it is.
 */
export interface CodeVersion {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | number | null;
    };
    /**
     * Whether lists leave it out.
     */
    isArchived: boolean;
    /**
     * Of a model: how far it has come, in the user's own words.
     */
    stage?: string;
    /**
     * Where the host keeps its copy.
     */
    codeUri: string;
  };
}

/**
 * A compute, as it is.
 */
export interface Compute {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  properties: {
    computeType: 'AmlCompute';
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * How far the last change is.
     */
    provisioningState: 'Creating' | 'Deleting' | 'Scaling' | 'Updating' | 'Succeeded' | 'Failed' | 'Canceled';
    properties: {
      vmSize?: string;
      scaleSettings: {
        /**
         * Instances that are kept; the embedded host keeps none.
         */
        minNodeCount: number;
        /**
         * The most instances that jobs on this compute use at once.
         */
        maxNodeCount: number;
      };
    };
    /**
     * Who uses it now; only where one compute is shown.
     */
    use?: {
      /**
       * Instances in use.
       */
      instances: number;
      /**
       * Jobs that share them.
       */
      jobs: number;
      /**
       * Jobs that wait to be admitted.
       */
      jobsQueued: number;
    };
  };
}

/**
 * The places of outputs by their ids; those that are not known are not there.
 */
export interface DataUris {
  values: {
    [k: string]: {
      /**
       * uri_file or uri_folder.
       */
      type: string;
      uri: string;
    };
  };
}

/**
 * A version of a data asset, as it is.
 */
export interface DataVersion {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * Whether lists leave it out.
     */
    isArchived: boolean;
    /**
     * Of a model: how far it has come, in the user's own words.
     */
    stage?: string;
    /**
     * One file, or a folder.
     */
    dataType: 'uri_file' | 'uri_folder';
    /**
     * A URL, a datastore URI, or a local path as a file: URI.
     */
    dataUri: string;
  };
}

/**
 * A datastore, as it is, without its secrets.
 */
export interface Datastore {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Whether uploads and outputs go here where nothing else is said.
     */
    isDefault: boolean;
    /**
     * Workspace is the place that the host itself keeps its data in.
     */
    datastoreType: 'AzureBlob' | 'LocalFolder' | 'Workspace';
    /**
     * The absolute path of the folder.
     */
    folder?: string;
    accountName?: string;
    containerName?: string;
    /**
     * The suffix of the storage service: core.windows.net unless another cloud is meant, or a full URL of the service.
     */
    endpoint?: string;
    credentials?: {
      credentialsType: 'None' | 'AccountKey' | 'Sas';
    };
    protocol?: 'http' | 'https';
  };
}

/**
 * What a client enters the blobs of a datastore with.
 */
export interface DatastoreSecrets {
  secretsType: 'Sas';
  /**
   * The query of a shared access signature.
   */
  sasToken: string;
}

/**
 * A deployment, as it is: its references are full ids.
 */
export interface Deployment {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    model: {
      referenceType: 'Id';
      /**
       * The model: an ARM id or azureml:<name>:<version>.
       */
      assetId: string;
    };
    codeConfiguration?: {
      /**
       * The code: an ARM id or azureml:<name>:<version>.
       */
      codeId: string;
      /**
       * The file with init() and run(), relative to the code folder.
       */
      scoringScript: string;
    };
    /**
     * The environment: its full id.
     */
    environmentId?: string;
    /**
     * Environment variables of the scoring script.
     */
    environmentVariables: {
      [k: string]: string;
    };
    /**
     * The compute: an ARM id or azureml:<name>.
     */
    compute: string;
    resources: {
      /**
       * Nodes for a job.
       */
      instanceCount: number;
    };
    /**
     * Files that are handed to one run().
     */
    miniBatchSize: number;
    /**
     * Failed files to ignore over the whole input; -1 ignores all.
     */
    errorThreshold: number;
    retrySettings: {
      /**
       * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
       */
      maxRetries: number;
      /**
       * The time that one run() may take, as an ISO 8601 duration.
       */
      timeout: string;
    };
    /**
     * What the scorer writes to its log.
     */
    loggingLevel: 'Warning' | 'Info' | 'Debug';
    /**
     * Worker processes on one instance.
     */
    maxConcurrencyPerInstance: number;
    /**
     * Whether the results are written as rows of one file, or only counted.
     */
    outputAction: 'AppendRow' | 'SummaryOnly';
    /**
     * The name of the predictions file.
     */
    outputFileName: string;
    /**
     * How far the last change is.
     */
    provisioningState: 'Creating' | 'Deleting' | 'Scaling' | 'Updating' | 'Succeeded' | 'Failed' | 'Canceled';
    /**
     * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
     */
    outputOptions?: {
      /**
       * CSV with quotes where they are needed, JSON lines, or Parquet.
       */
      format?: 'csv' | 'jsonl' | 'parquet';
      /**
       * What stands between the fields of a CSV file; a comma where it is left out.
       */
      delimiter?: string;
      /**
       * Whether a CSV file begins with a line of the names of its columns.
       */
      header?: boolean;
      /**
       * The columns of the file, in their order; each a name, or a name with its type.
       *
       * @minItems 1
       * @maxItems 10000
       */
      columns?: [
        (
          | string
          | {
              /**
               * The name of the column.
               */
              name: string;
              /**
               * The type of its values; that of the results where it is left out.
               */
              type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
            }
        ),
        ...(
          | string
          | {
              /**
               * The name of the column.
               */
              name: string;
              /**
               * The type of its values; that of the results where it is left out.
               */
              type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
            }
        )[],
      ];
      /**
       * Columns in front of those of the results: the file of a row, its number, and its mini-batch.
       *
       * @minItems 1
       */
      include?: ['file' | 'row' | 'mini_batch', ...('file' | 'row' | 'mini_batch')[]];
      /**
       * Whether texts that a spreadsheet would take for a formula get an apostrophe in front.
       */
      formulaEscape?: boolean;
    };
    /**
     * What mini-batches are cut by, beyond what Azure has; files where it is left out.
     */
    miniBatch?: {
      /**
       * Files, bytes of files, or rows of CSV and Parquet files.
       */
      by: 'files' | 'bytes' | 'rows';
      /**
       * How many of them a mini-batch has at most: miniBatchSize files, 100 MiB, or 10,000 rows where it is left out.
       */
      size?: number;
    };
    /**
     * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
     */
    unsupportedTypes?: 'fail' | 'skip';
    /**
     * Mebibytes of memory that one worker may hold, with all processes that it starts.
     */
    workerMemory?: number;
    /**
     * Whether another Python than the environment asks for will do, where this machine lacks that one.
     */
    allowPythonMismatch?: boolean;
    /**
     * Who is told when a job has ended.
     */
    notifications?: {
      /**
       * How it is told.
       */
      notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
      /**
       * The URL of a webhook, without signatures and tokens in it.
       */
      url?: string;
      /**
       * The endpoint of a topic of Event Grid.
       */
      topic?: string;
      /**
       * The URL of a storage queue.
       */
      queue?: string;
      /**
       * Whether it has a secret, a key or a signature.
       */
      hasSecret: boolean;
      /**
       * The ends of a job that are told; all where it is left out.
       */
      on?: ('Completed' | 'Failed' | 'Canceled')[];
    }[];
  };
}

/**
 * The addresses of the services of a workspace: all of them are this host.
 */
export interface Discovery {
  api: string;
  experimentation: string;
  history: string;
  modelmanagement: string;
  studio: string;
}

/**
 * An endpoint, as it is.
 */
export interface Endpoint {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * How callers prove who they are.
     */
    authMode: 'AADToken';
    defaults: {
      /**
       * The deployment that an invocation without a name of one goes to.
       */
      deploymentName?: string | null;
    };
    /**
     * Where jobs are started.
     */
    scoringUri: string;
    /**
     * Where the description of the API lies.
     */
    swaggerUri?: string;
    /**
     * How far the last change is.
     */
    provisioningState: 'Creating' | 'Deleting' | 'Scaling' | 'Updating' | 'Succeeded' | 'Failed' | 'Canceled';
  };
}

/**
 * A version of an environment, as it is.
 */
export interface EnvironmentVersion {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * Whether lists leave it out.
     */
    isArchived: boolean;
    /**
     * Of a model: how far it has come, in the user's own words.
     */
    stage?: string;
    /**
     * The text of a conda file.
     */
    condaFile?: string;
    /**
     * The text of a file python_env.yaml, as MLflow writes it.
     */
    pythonEnvFile?: string;
    /**
     * The text of a requirements file: the definition by itself, or what the conda file or python_env.yaml names with -r.
     */
    requirementsFile?: string;
    /**
     * The path of an interpreter that is used as it is, where the host shares the machine of its callers. Nothing is installed then.
     */
    python?: string;
    /**
     * A container image; not used by the embedded host.
     */
    image?: string;
    /**
     * The system that it is for.
     */
    osType: string;
  };
}

/**
 * What is wrong, with a code that does not change.
 */
export interface ErrorBody {
  /**
   * A code of the catalogue of errors.
   */
  code: string;
  /**
   * What was expected, what came, and what to do.
   */
  message: string;
  /**
   * Where in the request the fault lies.
   */
  target?: string;
  /**
   * All faults, where there are several.
   */
  details?: ErrorBody[];
}

/**
 * The answer to a request that was refused or failed.
 */
export interface ErrorEnvelope {
  error: ErrorBody;
}

/**
 * The host is there.
 */
export interface Health {
  status: 'Healthy';
  /**
   * The version of the product.
   */
  version: string;
  /**
   * The answer to a challenge, by which those who share the state folder know the host.
   */
  proof?: string;
}

/**
 * How the app signs tokens itself, where it does.
 */
export interface IssuerMetadata {
  issuer: string;
  /**
   * Where its keys are.
   */
  jwks_uri: string;
  response_types_supported: string[];
  subject_types_supported: string[];
  id_token_signing_alg_values_supported: string[];
  scopes_supported: string[];
  claims_supported: string[];
}

/**
 * A job, as it is: its settings, how far it is, how it went, and where its output lies.
 */
export interface Job {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  properties: {
    /**
     * The name of the job.
     */
    name: string;
    /**
     * A name for people; a job is found by its own.
     */
    displayName: string;
    /**
     * An archived job is left out of lists.
     */
    isArchived: boolean;
    /**
     * Free text for people.
     */
    description?: string | null;
    experimentName: string;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * The endpoint that was invoked.
     */
    endpointName: string;
    /**
     * The deployment that scores.
     */
    deploymentName: string;
    compute: {
      target: string;
      /**
       * Nodes for a job.
       */
      instanceCount: number;
    };
    dataset: {
      dataInputType: 'DataUrl' | 'DatasetVersion' | 'DatasetId';
      /**
       * The input, as the caller wrote it, without secrets.
       */
      path: string;
    };
    /**
     * The folder of the output.
     */
    output: {
      datastoreId?: string;
      path: string;
    };
    /**
     * The name of the predictions file.
     */
    outputFileName: string;
    /**
     * Files that are handed to one run().
     */
    miniBatchSize: number;
    /**
     * Failed files to ignore over the whole input; -1 ignores all.
     */
    errorThreshold: number;
    /**
     * What the scorer writes to its log.
     */
    loggingLevel: 'Warning' | 'Info' | 'Debug';
    /**
     * Worker processes on one instance.
     */
    maxConcurrencyPerInstance: number;
    /**
     * Whether the results are written as rows of one file, or only counted.
     */
    outputAction: 'AppendRow' | 'SummaryOnly';
    retrySettings: {
      /**
       * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
       */
      maxRetries: number;
      /**
       * The time that one run() may take, as an ISO 8601 duration.
       */
      timeout: string;
    };
    interactionEndpoints: {
      Studio?: {
        /**
         * The page of the job: it opens in a browser, for a day.
         */
        endpoint: string;
      };
    };
    /**
     * What the job does.
     */
    status:
      | 'Queued'
      | 'Preparing'
      | 'Running'
      | 'Finalizing'
      | 'CancelRequested'
      | 'Completed'
      | 'Failed'
      | 'Canceled';
    /**
     * The status in the coarser words of the data plane.
     */
    provisioningState: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
    /**
     * Who started the job.
     */
    createdBy: string;
    /**
     * The id of who started it, as the issuer of the token knows it.
     */
    createdById?: string;
    /**
     * By whom the job was started.
     */
    caller: {
      /**
       * A person or program with a token, or what starts jobs by itself.
       */
      type: 'user' | 'trigger' | 'schedule';
      /**
       * The name of the user, the trigger or the schedule.
       */
      name: string;
      /**
       * Of a user, the id that the issuer of the token gave; else that of the event or run that the job is for.
       */
      id?: string;
    };
    /**
     * When the job was made.
     */
    startTime: string;
    /**
     * When it came to its end.
     */
    endTime?: string;
    /**
     * What it waits for, while it is queued for its compute.
     */
    queue?: {
      /**
       * The compute that it waits for.
       */
      compute: string;
      /**
       * Its place in the line.
       */
      position: number;
      /**
       * What the compute has.
       */
      maxInstances: number;
      /**
       * The jobs that were admitted before it.
       */
      holders: {
        /**
         * The name of the job, for those who may see it.
         */
        job?: string;
        /**
         * Instances that it uses now.
         */
        instances: number;
      }[];
    };
    /**
     * How far the job is.
     */
    progress: {
      /**
       * All mini-batches, once the job is planned.
       */
      miniBatches: number;
      /**
       * All files, once the job is planned.
       */
      files: number;
      /**
       * Parallel walks over the mini-batches.
       */
      lanes: number;
      /**
       * Mini-batches that are done, failed ones too.
       */
      miniBatchesDone: number;
      /**
       * Mini-batches that failed.
       */
      miniBatchesFailed: number;
      /**
       * Files that are done, failed ones too.
       */
      filesDone: number;
      /**
       * Files that failed.
       */
      filesFailed: number;
      /**
       * Files that changed after they were listed, where any did.
       */
      filesChanged?: number;
      /**
       * Rows that were written.
       */
      rows: number;
      /**
       * Calls of run(), the first ones too.
       */
      tries: number;
      /**
       * Seconds until all is scored, if the rest goes like what is done.
       */
      secondsLeft?: number;
      /**
       * Mini-batches done that the job has taken over from the one that it resumes.
       */
      miniBatchesTakenOver?: number;
      /**
       * Files in them.
       */
      filesTakenOver?: number;
    };
    /**
     * How long each phase took, as far as it has come.
     */
    phases: {
      /**
       * Seconds until it was started.
       */
      queued?: number;
      /**
       * Seconds of planning and of preparing the scorer.
       */
      preparing?: number;
      /**
       * Seconds of scoring.
       */
      scoring?: number;
      /**
       * Seconds of putting the output together.
       */
      finishing?: number;
      /**
       * Seconds in all.
       */
      total?: number;
    };
    /**
     * When the job came to each phase.
     */
    times: {
      /**
       * When the job was made.
       */
      created: string;
      /**
       * When it was started.
       */
      started?: string;
      /**
       * When its mini-batches were known.
       */
      planned?: string;
      /**
       * When the scorer was ready.
       */
      prepared?: string;
      /**
       * When the first mini-batch was scored.
       */
      firstScored?: string;
      /**
       * When the last one was.
       */
      scored?: string;
      /**
       * When putting together began.
       */
      finishing?: string;
      /**
       * When it came to its end.
       */
      ended?: string;
    };
    /**
     * What was not used or not as asked.
     */
    warnings: string[];
    /**
     * The failures that came first; all of them are in the files of the job.
     */
    failures?: {
      /**
       * The number of the mini-batch, from 0.
       */
      miniBatch: number;
      /**
       * The first files of it that failed.
       */
      files: string[];
      /**
       * How many failed in all.
       */
      failed: number;
      /**
       * A code of the catalogue of errors.
       */
      code: string;
      /**
       * Why.
       */
      message: string;
      /**
       * The exception of the script.
       */
      exception?: string;
      /**
       * The end of its traceback.
       */
      traceback?: string;
      /**
       * How often it was tried.
       */
      tries: number;
    }[];
    error?: ErrorBody;
    /**
     * The predictions file, once it is there.
     */
    outputUri?: string;
    /**
     * Its size.
     */
    outputBytes?: number;
    /**
     * Files that the script wrote itself, relative to the folder of the output; the first ones where they are many.
     */
    scriptFiles?: string[];
    /**
     * How many it wrote beside those.
     */
    moreScriptFiles?: number;
    /**
     * The input, in today's form, under the name that the caller gave it.
     */
    inputData: {
      [k: string]: {
        /**
         * Whether it is one file.
         */
        jobInputType: 'UriFile' | 'UriFolder';
        /**
         * The input, as the caller wrote it, without secrets.
         */
        uri: string;
      };
    };
    /**
     * The folder of the output, in the form of 2021.
     */
    outputDataset: {
      datastoreId?: string;
      path: string;
    };
    /**
     * The predictions file, in today's form, under the name that the caller gave it, or score.
     */
    outputData: {
      [k: string]: {
        /**
         * It is always one file.
         */
        jobOutputType: 'UriFile';
        /**
         * Where it is, or will be: a path in a datastore, or a file: URI.
         */
        uri: string;
      };
    };
    /**
     * What a job of a batch endpoint is in Azure.
     */
    jobType: 'Pipeline';
    /**
     * The id of the compute.
     */
    computeId: string;
    services: {
      Studio?: {
        jobServiceType: string;
        /**
         * The page of the job.
         */
        endpoint: string;
      };
    };
    /**
     * The input, by a name.
     */
    inputs: {
      [k: string]: {
        /**
         * uri_file or uri_folder.
         */
        jobInputType: string;
        uri: string;
      };
    };
    /**
     * The output in a datastore, by its name, once it is there.
     */
    outputs: {
      [k: string]: {
        /**
         * uri_file or uri_folder.
         */
        jobOutputType: string;
        uri: string;
      };
    };
    /**
     * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
     */
    outputOptions?: {
      /**
       * CSV with quotes where they are needed, JSON lines, or Parquet.
       */
      format?: 'csv' | 'jsonl' | 'parquet';
      /**
       * What stands between the fields of a CSV file; a comma where it is left out.
       */
      delimiter?: string;
      /**
       * Whether a CSV file begins with a line of the names of its columns.
       */
      header?: boolean;
      /**
       * The columns of the file, in their order; each a name, or a name with its type.
       *
       * @minItems 1
       * @maxItems 10000
       */
      columns?: [
        (
          | string
          | {
              /**
               * The name of the column.
               */
              name: string;
              /**
               * The type of its values; that of the results where it is left out.
               */
              type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
            }
        ),
        ...(
          | string
          | {
              /**
               * The name of the column.
               */
              name: string;
              /**
               * The type of its values; that of the results where it is left out.
               */
              type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
            }
        )[],
      ];
      /**
       * Columns in front of those of the results: the file of a row, its number, and its mini-batch.
       *
       * @minItems 1
       */
      include?: ['file' | 'row' | 'mini_batch', ...('file' | 'row' | 'mini_batch')[]];
      /**
       * Whether texts that a spreadsheet would take for a formula get an apostrophe in front.
       */
      formulaEscape?: boolean;
    };
    /**
     * What mini-batches are cut by, beyond what Azure has; files where it is left out.
     */
    miniBatch?: {
      /**
       * Files, bytes of files, or rows of CSV and Parquet files.
       */
      by: 'files' | 'bytes' | 'rows';
      /**
       * How many of them a mini-batch has at most: miniBatchSize files, 100 MiB, or 10,000 rows where it is left out.
       */
      size?: number;
    };
    /**
     * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
     */
    unsupportedTypes?: 'fail' | 'skip';
    /**
     * Mebibytes of memory that one worker may hold, with all processes that it starts.
     */
    workerMemory?: number;
    /**
     * Whether another Python than the environment asks for will do, where this machine lacks that one.
     */
    allowPythonMismatch?: boolean;
    /**
     * Which files of the input are scored.
     */
    inputFilter?: {
      /**
       * Patterns of the files that are scored, such as *.csv or 2024/**; all where it is left out.
       *
       * @minItems 1
       * @maxItems 100
       */
      include?: [string, ...string[]];
      /**
       * Patterns of the files that are left out.
       *
       * @minItems 1
       * @maxItems 100
       */
      exclude?: [string, ...string[]];
    };
    /**
     * The job that is done again: with its input, its settings and the versions that it was scored with.
     */
    rerun?: {
      /**
       * The name of the job, one of the same endpoint.
       */
      job: string;
      /**
       * All of it, only the files that failed in it, or all that it was stopped before, into one complete output.
       */
      mode?: 'all' | 'failedOnly' | 'resume';
    };
    /**
     * Who is told when a job has ended.
     */
    notifications?: {
      /**
       * How it is told.
       */
      notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
      /**
       * The URL of a webhook, without signatures and tokens in it.
       */
      url?: string;
      /**
       * The endpoint of a topic of Event Grid.
       */
      topic?: string;
      /**
       * The URL of a storage queue.
       */
      queue?: string;
      /**
       * Whether it has a secret, a key or a signature.
       */
      hasSecret: boolean;
      /**
       * The ends of a job that are told; all where it is left out.
       */
      on?: ('Completed' | 'Failed' | 'Canceled')[];
    }[];
  };
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
}

/**
 * What the scripts of a job have printed.
 */
export interface JobEvents {
  printed: {
    /**
     * The process that printed it.
     */
    worker: string;
    stream: 'stdout' | 'stderr';
    text: string;
  }[];
  /**
   * Where the next answer goes on.
   */
  cursor: string;
  /**
   * The last line of an installer, while an environment is made.
   */
  installing: string | null;
}

/**
 * The files of a job, or of a version of a model.
 */
export interface JobFileList {
  value: {
    /**
     * The name, with the folders that it lies in.
     */
    name: string;
    /**
     * Bytes.
     */
    size: number;
  }[];
}

/**
 * The public keys of an issuer.
 */
export interface KeySet {
  keys: {
    kty: string;
    n: string;
    e: string;
    kid: string;
    alg: string;
    use: string;
  }[];
}

/**
 * What became of a version of a file that landed for a trigger, or of the output of a job that it watches.
 */
export interface LandedFile {
  /**
   * The name of the file below the folder that is watched; of the job where outputs are watched.
   */
  name: string;
  /**
   * The version of the file, as its store tells it.
   */
  etag: string;
  /**
   * It waits for its job, a job was made for it, or it was left alone for the reason beside it.
   */
  state: 'Waiting' | 'Taken' | 'LeftAlone';
  /**
   * When it landed, or the job ended.
   */
  landedAt: string;
  /**
   * When it was noted.
   */
  notedAt: string;
  /**
   * When its job was made, or it was left alone.
   */
  settledAt?: string;
  /**
   * Its bytes.
   */
  size?: number;
  /**
   * The job that was made for it.
   */
  job?: string;
  reason?: ErrorBody;
}

/**
 * A version of a model, as it is.
 */
export interface ModelVersion {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * Whether lists leave it out.
     */
    isArchived: boolean;
    /**
     * Of a model: how far it has come, in the user's own words.
     */
    stage?: string;
    /**
     * What kind of model it is.
     */
    modelType: 'custom_model' | 'mlflow_model';
    /**
     * Where the host keeps its copy.
     */
    modelUri: string;
    /**
     * The flavors of an MLflow model, by their names.
     */
    flavors?: {
      [k: string]: {};
    };
  };
}

/**
 * What was told, or is to be told, to one target of the end of one job.
 */
export interface Notification {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * Whether it waits for its next try, was taken, or was given up.
     */
    status: 'Waiting' | 'Delivered' | 'Dead';
    /**
     * How it is told.
     */
    notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
    /**
     * Where it goes, without signatures and tokens.
     */
    target: string;
    /**
     * The job that has ended.
     */
    jobName: string;
    /**
     * The endpoint of the job.
     */
    endpointName: string;
    /**
     * What is told, such as batchpoint.job.completed.
     */
    eventType: string;
    /**
     * How often it was tried to tell it.
     */
    tries: number;
    /**
     * When it is tried next.
     */
    nextTryTime?: string;
    /**
     * When it was tried last.
     */
    lastTryTime?: string;
    /**
     * Why the last try has failed.
     */
    lastError?: string;
    /**
     * When it was taken or given up.
     */
    endTime?: string;
    /**
     * What is told; shown for one alone.
     */
    payload?: {
      [k: string]: unknown;
    };
  };
}

/**
 * How far an operation is.
 */
export interface OperationStatus {
  /**
   * The path of the operation.
   */
  id: string;
  /**
   * Its id, which nobody can guess.
   */
  name: string;
  /**
   * How far it is.
   */
  status: 'InProgress' | 'Succeeded' | 'Canceled';
  /**
   * When it was begun.
   */
  startTime: string;
  /**
   * When it was over.
   */
  endTime?: string;
  /**
   * Of a garbage collection: what it has freed so far, or would free.
   */
  properties?: {
    /**
     * Whether nothing was freed, and it is only told what would be.
     */
    dryRun: boolean;
    /**
     * What was used after this stays.
     */
    before: string;
    /**
     * All of it.
     */
    total: {
      /**
       * How many things.
       */
      count: number;
      /**
       * Their bytes.
       */
      bytes: number;
    };
    /**
     * The same by kind.
     */
    kinds: {
      /**
       * What was freed of the jobs.
       */
      jobs?: {
        /**
         * How many things.
         */
        count: number;
        /**
         * Their bytes.
         */
        bytes: number;
      };
      /**
       * What was freed of the leftovers.
       */
      leftovers?: {
        /**
         * How many things.
         */
        count: number;
        /**
         * Their bytes.
         */
        bytes: number;
      };
      /**
       * What was freed of the versions.
       */
      versions?: {
        /**
         * How many things.
         */
        count: number;
        /**
         * Their bytes.
         */
        bytes: number;
      };
      /**
       * What was freed of the uploads.
       */
      uploads?: {
        /**
         * How many things.
         */
        count: number;
        /**
         * Their bytes.
         */
        bytes: number;
      };
      /**
       * What was freed of the environments.
       */
      environments?: {
        /**
         * How many things.
         */
        count: number;
        /**
         * Their bytes.
         */
        bytes: number;
      };
    };
    /**
     * The first thousand things.
     */
    items: {
      /**
       * What it is.
       */
      kind: 'jobs' | 'leftovers' | 'versions' | 'uploads' | 'environments';
      /**
       * What people know it by.
       */
      name: string;
      /**
       * Its bytes.
       */
      bytes: number;
    }[];
  };
}

/**
 * A container of its own for one upload.
 */
export interface PendingUpload {
  pendingUploadId: string;
  pendingUploadType: string;
  blobReferenceForConsumption: {
    /**
     * The container, without a signature: what lies below it is then registered.
     */
    blobUri: string;
    storageAccountArmId: string;
    credential: {
      credentialType: 'SAS';
      /**
       * The container with a signature.
       */
      sasUri: string;
    };
  };
}

/**
 * What resources have in common.
 */
export interface Resource {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * What the service itself noted.
   */
  systemData?: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
}

/**
 * A job as the history of runs tells it.
 */
export interface Run {
  /**
   * The name of the job.
   */
  runId: string;
  rootRunId: string;
  /**
   * Of the one child of a job: the job.
   */
  parentRunId?: string;
  /**
   * A name for people.
   */
  displayName: string | null;
  experimentId: string;
  /**
   * The status of the job.
   */
  status: string;
  createdUtc: string;
  createdBy: {
    userName: string;
  };
  /**
   * Free text for people.
   */
  description?: string | null;
  startTimeUtc?: string;
  endTimeUtc?: string;
  /**
   * Whether the job is archived.
   */
  hidden: boolean | null;
  error?: {
    error: ErrorBody;
  };
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * Values of the user's own.
   */
  properties: {
    [k: string]: string | null;
  };
  /**
   * The compute.
   */
  target: string;
  compute: {
    target: string;
    instanceCount: number;
  };
  services: {
    Studio?: {
      /**
       * The page of the job.
       */
      endpoint: string;
    };
  };
  /**
   * The output, by its name, once it is there.
   */
  outputs: {
    [k: string]: {
      /**
       * By this its place is asked for.
       */
      assetId: string;
      /**
       * uri_file or uri_folder.
       */
      type: string;
    };
  };
}

/**
 * What was asked for of a run.
 */
export interface RunData {
  runMetadata: Run;
}

/**
 * A job as the history of runs tells it, with its warnings and logs.
 */
export interface RunDetails {
  /**
   * The name of the job.
   */
  runId: string;
  rootRunId: string;
  /**
   * Of the one child of a job: the job.
   */
  parentRunId?: string;
  /**
   * A name for people.
   */
  displayName: string | null;
  experimentId: string;
  /**
   * The status of the job.
   */
  status: string;
  createdUtc: string;
  createdBy: {
    userName: string;
  };
  /**
   * Free text for people.
   */
  description?: string | null;
  startTimeUtc?: string;
  endTimeUtc?: string;
  /**
   * Whether the job is archived.
   */
  hidden: boolean | null;
  error?: {
    error: ErrorBody;
  };
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * Values of the user's own.
   */
  properties: {
    [k: string]: string | null;
  };
  /**
   * The compute.
   */
  target: string;
  compute: {
    target: string;
    instanceCount: number;
  };
  services: {
    Studio?: {
      /**
       * The page of the job.
       */
      endpoint: string;
    };
  };
  /**
   * The output, by its name, once it is there.
   */
  outputs: {
    [k: string]: {
      /**
       * By this its place is asked for.
       */
      assetId: string;
      /**
       * uri_file or uri_folder.
       */
      type: string;
    };
  };
  warnings: {
    source: string;
    message: string;
  }[];
  /**
   * The URLs of the logs, by their names; they need no token.
   */
  logFiles: {
    [k: string]: string;
  };
}

/**
 * A schedule, as it is.
 */
export interface Schedule {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
  properties: {
    /**
     * What people call it.
     */
    displayName?: string | null;
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Labels of the user's own.
     */
    tags: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties: {
      [k: string]: string | null;
    };
    /**
     * Whether it starts jobs.
     */
    isEnabled: boolean;
    /**
     * How far the last change is.
     */
    provisioningState: 'Creating' | 'Deleting' | 'Updating' | 'Succeeded' | 'Failed' | 'Canceled';
    /**
     * When its runs are due.
     */
    trigger: {
      /**
       * Whether an expression of cron says when, or a frequency.
       */
      triggerType: 'Cron' | 'Recurrence';
      /**
       * Five fields of cron: minute, hour, day, month, day of the week; or a nickname such as @daily.
       */
      expression?: string;
      /**
       * What is counted.
       */
      frequency?: 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month';
      /**
       * Of how many of them one has a run.
       */
      interval?: number;
      /**
       * At which times of them; that of the start where it is left out.
       */
      schedule?: {
        /**
         * Hours of the day.
         *
         * @maxItems 24
         */
        hours?: number[];
        /**
         * Minutes of the hour.
         *
         * @maxItems 60
         */
        minutes?: number[];
        /**
         * Days of the week.
         *
         * @maxItems 7
         */
        weekDays?:
          | []
          | ['Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday']
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ]
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ]
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ]
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ]
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ]
          | [
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
              'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday',
            ];
        /**
         * Days of the month.
         *
         * @maxItems 31
         */
        monthDays?: number[];
      };
      /**
       * The time zone, as IANA names it, or Windows.
       */
      timeZone: string;
      /**
       * Nothing is due before it.
       */
      startTime?: string;
      /**
       * Nothing is due after it.
       */
      endTime?: string;
    };
    /**
     * What a run does.
     */
    action: {
      /**
       * It starts a job of a batch endpoint.
       */
      actionType: 'InvokeBatchEndpoint';
      /**
       * The job that a run starts.
       */
      endpointInvocationDefinition: {
        /**
         * The endpoint, by its name or id.
         */
        endpointName: string;
        /**
         * Another deployment than the default.
         */
        deploymentName?: string | null;
        /**
         * The input: a URI, or the newest output of another endpoint.
         */
        input: {
          /**
           * What the URI names. Clients say UriFolder where nobody has told them.
           */
          jobInputType?: 'UriFile' | 'UriFolder';
          /**
           * As that of an invocation. It may hold the time of the run, as in {schedule:yyyy/MM/dd} or {schedule-1d:yyyyMMdd}.
           */
          uri?: string;
          /**
           * The endpoint whose newest output is meant.
           */
          endpointName?: string;
          /**
           * The deployment whose newest output is meant; any of the endpoint where it is left out.
           */
          deploymentName?: string | null;
        };
        /**
         * Where the predictions file goes.
         */
        output?: {
          jobOutputType: 'UriFile';
          /**
           * The path of the file. It has to hold the time of the run where several runs have to differ.
           */
          uri: string;
        };
        /**
         * What its jobs have otherwise than the deployment says.
         */
        overrides: {
          /**
           * Free text for people.
           */
          description?: string | null;
          /**
           * Labels of the user's own.
           */
          tags?: {
            [k: string]: string | null;
          };
          /**
           * Values of the user's own.
           */
          properties?: {
            [k: string]: string | null;
          };
          experimentName?: string;
          compute?: {
            /**
             * Nodes for a job.
             */
            instanceCount?: number;
            target?: string;
            /**
             * Known and not used here.
             */
            instanceType?: string;
            /**
             * Known and not used here.
             */
            isLocal?: boolean;
            /**
             * Known and not used here.
             */
            location?: string;
            /**
             * Known and not used here.
             */
            properties?: {};
          };
          /**
           * The name of the predictions file.
           */
          outputFileName?: string;
          /**
           * Files that are handed to one run().
           */
          miniBatchSize?: number;
          /**
           * Failed files to ignore over the whole input; -1 ignores all.
           */
          errorThreshold?: number;
          /**
           * What the scorer writes to its log.
           */
          loggingLevel?: 'Warning' | 'Info' | 'Debug';
          /**
           * Worker processes on one instance.
           */
          maxConcurrencyPerInstance?: number;
          /**
           * Whether the results are written as rows of one file, or only counted.
           */
          outputAction?: 'AppendRow' | 'SummaryOnly';
          /**
           * Environment variables of the scoring script.
           */
          environmentVariables?: {
            [k: string]: string;
          };
          retrySettings?: {
            /**
             * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
             */
            maxRetries?: number;
            /**
             * The time that one run() may take, as an ISO 8601 duration.
             */
            timeout?: string;
          };
          /**
           * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
           */
          outputOptions?: {
            /**
             * CSV with quotes where they are needed, JSON lines, or Parquet.
             */
            format?: 'csv' | 'jsonl' | 'parquet';
            /**
             * What stands between the fields of a CSV file; a comma where it is left out.
             */
            delimiter?: string;
            /**
             * Whether a CSV file begins with a line of the names of its columns.
             */
            header?: boolean;
            /**
             * The columns of the file, in their order; each a name, or a name with its type.
             *
             * @minItems 1
             * @maxItems 10000
             */
            columns?: [
              (
                | string
                | {
                    /**
                     * The name of the column.
                     */
                    name: string;
                    /**
                     * The type of its values; that of the results where it is left out.
                     */
                    type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
                  }
              ),
              ...(
                | string
                | {
                    /**
                     * The name of the column.
                     */
                    name: string;
                    /**
                     * The type of its values; that of the results where it is left out.
                     */
                    type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
                  }
              )[],
            ];
            /**
             * Columns in front of those of the results: the file of a row, its number, and its mini-batch.
             *
             * @minItems 1
             */
            include?: ['file' | 'row' | 'mini_batch', ...('file' | 'row' | 'mini_batch')[]];
            /**
             * Whether texts that a spreadsheet would take for a formula get an apostrophe in front.
             */
            formulaEscape?: boolean;
          };
          /**
           * What mini-batches are cut by, beyond what Azure has; files where it is left out.
           */
          miniBatch?: {
            /**
             * Files, bytes of files, or rows of CSV and Parquet files.
             */
            by: 'files' | 'bytes' | 'rows';
            /**
             * How many of them a mini-batch has at most: miniBatchSize files, 100 MiB, or 10,000 rows where it is left out.
             */
            size?: number;
          };
          /**
           * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
           */
          unsupportedTypes?: 'fail' | 'skip';
          /**
           * Mebibytes of memory that one worker may hold, with all processes that it starts.
           */
          workerMemory?: number;
          /**
           * Whether another Python than the environment asks for will do, where this machine lacks that one.
           */
          allowPythonMismatch?: boolean;
          /**
           * Which files of the input are scored.
           */
          inputFilter?: {
            /**
             * Patterns of the files that are scored, such as *.csv or 2024/**; all where it is left out.
             *
             * @minItems 1
             * @maxItems 100
             */
            include?: [string, ...string[]];
            /**
             * Patterns of the files that are left out.
             *
             * @minItems 1
             * @maxItems 100
             */
            exclude?: [string, ...string[]];
          };
        };
      };
    };
    /**
     * What becomes of runs that were missed, as no host was there: none is made up for, the last one, or all up to misfireLimit.
     */
    misfire: 'Skip' | 'Once' | 'All';
    /**
     * The most missed runs that are made up for.
     */
    misfireLimit: number;
    /**
     * What becomes of a run while the one before has not ended: it starts, it is left out, or the one before is cancelled.
     */
    concurrency: 'Allow' | 'Forbid' | 'Replace';
    /**
     * Seconds by which a run may be later.
     */
    jitterSeconds: number;
    /**
     * Who is told when a job has ended.
     */
    notifications?: {
      /**
       * How it is told.
       */
      notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
      /**
       * The URL of a webhook, without signatures and tokens in it.
       */
      url?: string;
      /**
       * The endpoint of a topic of Event Grid.
       */
      topic?: string;
      /**
       * The URL of a storage queue.
       */
      queue?: string;
      /**
       * Whether it has a secret, a key or a signature.
       */
      hasSecret: boolean;
      /**
       * The ends of a job that are told; all where it is left out.
       */
      on?: ('Completed' | 'Failed' | 'Canceled')[];
    }[];
    /**
     * How it goes.
     */
    status: {
      /**
       * Whether it starts jobs, has been disabled, has no run any more, or could not start its last one.
       */
      state: 'Active' | 'Disabled' | 'Ended' | 'Degraded';
      /**
       * When the next run is due.
       */
      nextRun?: string;
      /**
       * The last run.
       */
      lastRun?: {
        /**
         * When it was due.
         */
        due: string;
        /**
         * When it was looked at.
         */
        startedAt: string;
        /**
         * Its job.
         */
        job?: string;
        /**
         * What became of it: it has a job, was left out, was missed, or could not start its job.
         */
        outcome: 'Started' | 'Overlap' | 'Missed' | 'Failed';
        /**
         * Why it has no job.
         */
        reason?: {
          /**
           * The code of the error.
           */
          code: string;
          /**
           * The error in words.
           */
          message: string;
        };
      };
      /**
       * Why it is degraded.
       */
      reason?: {
        /**
         * The code of the error.
         */
        code: string;
        /**
         * The error in words.
         */
        message: string;
      };
    };
  };
}

/**
 * What a schedule has started.
 */
export interface ScheduleRun {
  /**
   * It starts a job of a batch endpoint.
   */
  scheduleActionType: 'InvokeBatchEndpoint';
  /**
   * The name of the job.
   */
  submissionId: string;
}

/**
 * The notifications of a resource, without what is secret in them.
 */
export interface ShownNotifications {
  /**
   * Who is told when a job has ended.
   */
  notifications?: {
    /**
     * How it is told.
     */
    notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
    /**
     * The URL of a webhook, without signatures and tokens in it.
     */
    url?: string;
    /**
     * The endpoint of a topic of Event Grid.
     */
    topic?: string;
    /**
     * The URL of a storage queue.
     */
    queue?: string;
    /**
     * Whether it has a secret, a key or a signature.
     */
    hasSecret: boolean;
    /**
     * The ends of a job that are told; all where it is left out.
     */
    on?: ('Completed' | 'Failed' | 'Canceled')[];
  }[];
}

/**
 * A trigger, as it is.
 */
export interface Trigger {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  /**
   * Where it lies; it has no meaning here.
   */
  location: string;
  /**
   * Labels of the user's own.
   */
  tags: {
    [k: string]: string | null;
  };
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * The endpoint of which jobs are started.
     */
    endpoint: string;
    /**
     * The deployment of which jobs are started, where one is named.
     */
    deployment?: string;
    /**
     * What is watched: the files of a datastore, or the outputs of the jobs of another endpoint.
     */
    watch: {
      /**
       * The datastore.
       */
      datastore?: string;
      /**
       * The folder in the datastore; all of it where it is left out.
       */
      path?: string;
      /**
       * Patterns of the files that are scored, such as *.csv or 2024/**; all where it is left out.
       *
       * @minItems 1
       * @maxItems 100
       */
      include?: [string, ...string[]];
      /**
       * Patterns of the files that are left out.
       *
       * @minItems 1
       * @maxItems 100
       */
      exclude?: [string, ...string[]];
      /**
       * Seconds that a file has to stay as it is before it counts as landed, where the host watches folders itself.
       */
      settleSeconds?: number;
      /**
       * The endpoint of which the completed jobs are watched.
       */
      endpoint?: string;
      /**
       * A deployment of that endpoint, where only its jobs count.
       */
      deployment?: string;
    };
    /**
     * How files become jobs.
     */
    batching: {
      /**
       * Each file is a job; all files of some time are one; or a file of a certain name starts one job over its folder.
       */
      type: 'Each' | 'Window' | 'Marker';
      /**
       * How long a window is open.
       */
      seconds?: number;
      /**
       * Files that close a window early; 100,000 where it is left out.
       */
      files?: number;
      /**
       * The name of the marker; _SUCCESS where it is left out.
       */
      name?: string;
    };
    /**
     * The path of the predictions file, with places such as {name} in it.
     */
    output?: string;
    /**
     * What its jobs have otherwise than the deployment says.
     */
    overrides: {
      /**
       * Free text for people.
       */
      description?: string | null;
      /**
       * Labels of the user's own.
       */
      tags?: {
        [k: string]: string | null;
      };
      /**
       * Values of the user's own.
       */
      properties?: {
        [k: string]: string | null;
      };
      experimentName?: string;
      compute?: {
        /**
         * Nodes for a job.
         */
        instanceCount?: number;
        target?: string;
        /**
         * Known and not used here.
         */
        instanceType?: string;
        /**
         * Known and not used here.
         */
        isLocal?: boolean;
        /**
         * Known and not used here.
         */
        location?: string;
        /**
         * Known and not used here.
         */
        properties?: {};
      };
      /**
       * The name of the predictions file.
       */
      outputFileName?: string;
      /**
       * Files that are handed to one run().
       */
      miniBatchSize?: number;
      /**
       * Failed files to ignore over the whole input; -1 ignores all.
       */
      errorThreshold?: number;
      /**
       * What the scorer writes to its log.
       */
      loggingLevel?: 'Warning' | 'Info' | 'Debug';
      /**
       * Worker processes on one instance.
       */
      maxConcurrencyPerInstance?: number;
      /**
       * Whether the results are written as rows of one file, or only counted.
       */
      outputAction?: 'AppendRow' | 'SummaryOnly';
      /**
       * Environment variables of the scoring script.
       */
      environmentVariables?: {
        [k: string]: string;
      };
      retrySettings?: {
        /**
         * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
         */
        maxRetries?: number;
        /**
         * The time that one run() may take, as an ISO 8601 duration.
         */
        timeout?: string;
      };
      /**
       * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
       */
      outputOptions?: {
        /**
         * CSV with quotes where they are needed, JSON lines, or Parquet.
         */
        format?: 'csv' | 'jsonl' | 'parquet';
        /**
         * What stands between the fields of a CSV file; a comma where it is left out.
         */
        delimiter?: string;
        /**
         * Whether a CSV file begins with a line of the names of its columns.
         */
        header?: boolean;
        /**
         * The columns of the file, in their order; each a name, or a name with its type.
         *
         * @minItems 1
         * @maxItems 10000
         */
        columns?: [
          (
            | string
            | {
                /**
                 * The name of the column.
                 */
                name: string;
                /**
                 * The type of its values; that of the results where it is left out.
                 */
                type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
              }
          ),
          ...(
            | string
            | {
                /**
                 * The name of the column.
                 */
                name: string;
                /**
                 * The type of its values; that of the results where it is left out.
                 */
                type?: 'bool' | 'int64' | 'double' | 'string' | 'bytes' | 'date' | 'timestamp' | 'json';
              }
          )[],
        ];
        /**
         * Columns in front of those of the results: the file of a row, its number, and its mini-batch.
         *
         * @minItems 1
         */
        include?: ['file' | 'row' | 'mini_batch', ...('file' | 'row' | 'mini_batch')[]];
        /**
         * Whether texts that a spreadsheet would take for a formula get an apostrophe in front.
         */
        formulaEscape?: boolean;
      };
      /**
       * What mini-batches are cut by, beyond what Azure has; files where it is left out.
       */
      miniBatch?: {
        /**
         * Files, bytes of files, or rows of CSV and Parquet files.
         */
        by: 'files' | 'bytes' | 'rows';
        /**
         * How many of them a mini-batch has at most: miniBatchSize files, 100 MiB, or 10,000 rows where it is left out.
         */
        size?: number;
      };
      /**
       * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
       */
      unsupportedTypes?: 'fail' | 'skip';
      /**
       * Mebibytes of memory that one worker may hold, with all processes that it starts.
       */
      workerMemory?: number;
      /**
       * Whether another Python than the environment asks for will do, where this machine lacks that one.
       */
      allowPythonMismatch?: boolean;
    };
    /**
     * Who is told when a job has ended.
     */
    notifications?: {
      /**
       * How it is told.
       */
      notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
      /**
       * The URL of a webhook, without signatures and tokens in it.
       */
      url?: string;
      /**
       * The endpoint of a topic of Event Grid.
       */
      topic?: string;
      /**
       * The URL of a storage queue.
       */
      queue?: string;
      /**
       * Whether it has a secret, a key or a signature.
       */
      hasSecret: boolean;
      /**
       * The ends of a job that are told; all where it is left out.
       */
      on?: ('Completed' | 'Failed' | 'Canceled')[];
    }[];
    /**
     * Whether it starts no jobs: files that land meanwhile wait.
     */
    paused: boolean;
    /**
     * How far the last change is.
     */
    provisioningState: 'Succeeded';
    /**
     * What it does now.
     */
    status: {
      /**
       * Degraded: it cannot start jobs now, for the reason that stands beside, and goes on by itself once it can.
       */
      state: 'Active' | 'Paused' | 'Degraded';
      reason?: ErrorBody;
      /**
       * Since when it is in this state.
       */
      since: string;
      /**
       * Files that have landed and have no job yet.
       */
      filesWaiting: number;
      /**
       * Files that jobs were made for.
       */
      filesTaken: number;
      /**
       * The job that it made last.
       */
      lastJob?: string;
      /**
       * When the newest of its files landed.
       */
      lastLandedAt?: string;
    };
  };
  /**
   * What the service itself noted.
   */
  systemData: {
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Who made it.
     */
    createdBy?: string;
    createdByType?: string;
  };
}

/**
 * The workspace of a host, under whatever name it is asked for.
 */
export interface Workspace {
  /**
   * The full id, under which others refer to it.
   */
  id: string;
  /**
   * The name; of a version of an asset, its version.
   */
  name: string;
  /**
   * The type, as Azure names it.
   */
  type: string;
  location: string;
  kind: string;
  /**
   * There are none.
   */
  tags: {
    [k: string]: string | null;
  };
  properties: {
    friendlyName: string;
    /**
     * Where the addresses of its services are told.
     */
    discoveryUrl: string;
    provisioningState: string;
    publicNetworkAccess: string;
    /**
     * Whether the host shares the machine of its callers and reads their `file:` URIs. Where it does not, files are uploaded to the default datastore.
     */
    readsLocalFiles: boolean;
    /**
     * The account that its default datastore lies in, where clients can enter it.
     */
    storageAccount?: string;
  };
}
