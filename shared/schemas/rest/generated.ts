// Generated from the schemas beside it by `npm run schemas`. Do not edit.

/**
 * An asset over all its versions.
 */
export interface AssetContainerResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isArchived?: boolean;
    /**
     * The newest version that is not archived.
     */
    latestVersion?: string | null;
    /**
     * The next whole number that no version has had.
     */
    nextVersion?: string;
  };
}

/**
 * A deployment: a model, the code that scores with it, and how.
 */
export interface BatchDeploymentResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
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
    } | null;
    /**
     * The environment: an ARM id or azureml:<name>:<version>.
     */
    environmentId?: string | null;
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
       * Known and not used here.
       */
      instanceType?: string;
      /**
       * Known and not used here.
       */
      properties?: {};
      /**
       * Nodes for a job.
       */
      instanceCount: number;
      /**
       * Known and not used here.
       */
      locations?: string[];
      /**
       * Known and not used here.
       */
      maxInstanceCount?: number;
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
    provisioningState?: string;
    /**
     * Known and not used here.
     */
    partitionKeys?: string[];
    /**
     * What kind of deployment it is.
     */
    deploymentConfiguration?: {
      /**
       * A deployment of a model, as there is no other.
       */
      deploymentConfigurationType?: 'Model';
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
    notifications?: Notifications;
  };
}

/**
 * An endpoint: a stable name under which deployments are invoked.
 */
export interface BatchEndpointResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * How callers prove who they are.
     */
    authMode: 'AADToken';
    defaults?: {
      /**
       * The deployment that an invocation without a name of one goes to.
       */
      deploymentName?: string | null;
    };
    /**
     * Where jobs are started.
     */
    scoringUri?: string;
    /**
     * Where the description of the API lies.
     */
    swaggerUri?: string;
    provisioningState?: string;
    /**
     * Known and not used here: callers prove who they are by a token.
     */
    keys?: {};
  };
}

/**
 * A version of scoring code.
 */
export interface CodeVersionResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | number | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isAnonymous?: boolean;
    isArchived?: boolean;
    /**
     * Where the folder with the code lies now; it is copied.
     */
    codeUri: string;
  };
}

/**
 * A compute: the bound on how much runs at once.
 */
export interface ComputeResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    computeType: 'AmlCompute';
    /**
     * Free text for people.
     */
    description?: string | null;
    computeLocation?: string;
    disableLocalAuth?: boolean | null;
    provisioningState?: string;
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
        nodeIdleTimeBeforeScaleDown?: string;
      };
      [k: string]: unknown;
    };
  };
}

/**
 * Which outputs a client wants the places of.
 */
export interface DataUrisRequest {
  /**
   * Ids of outputs, as runs tell them.
   *
   * @maxItems 1000
   */
  values: string[];
}

/**
 * A version of a data asset: a name for an input.
 */
export interface DataVersionResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isAnonymous?: boolean;
    isArchived?: boolean;
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
 * A datastore: a place for inputs and outputs.
 */
export interface DatastoreResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isAnonymous?: boolean;
    isArchived?: boolean;
    /**
     * A container of Azure Blob Storage, or a folder of the machine that the host runs on.
     */
    datastoreType: 'AzureBlob' | 'LocalFolder';
    accountName?: string;
    containerName?: string;
    /**
     * The suffix of the storage service: core.windows.net unless another cloud is meant, or a full URL of the service.
     */
    endpoint?: string;
    protocol?: 'http' | 'https';
    /**
     * The absolute path of the folder.
     */
    folder?: string;
    credentials?: {
      credentialsType: 'None' | 'AccountKey' | 'Sas';
      secrets?: {
        key?: string;
        sasToken?: string;
        secretsType?: string;
      };
    };
    serviceDataAccessAuthIdentity?: string;
    subscriptionId?: string;
    resourceGroup?: string;
    isDefault?: boolean;
  };
}

/**
 * A version of an environment: what a scoring script needs.
 */
export interface EnvironmentVersionResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isAnonymous?: boolean;
    isArchived?: boolean;
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
    osType?: string;
    build?: {};
    environmentType?: string;
  };
}

/**
 * What is to be freed.
 */
export interface GarbageCollectionRequest {
  /**
   * For how long it may not have been used: a duration of ISO 8601.
   */
  olderThan: string;
  /**
   * Whether it is only told what would be freed.
   */
  dryRun: boolean;
  /**
   * What is gone through; all of it where nothing is said.
   *
   * @minItems 1
   */
  only?: [
    'jobs' | 'leftovers' | 'versions' | 'uploads' | 'environments',
    ...('jobs' | 'leftovers' | 'versions' | 'uploads' | 'environments')[],
  ];
}

/**
 * A job: one invocation of an endpoint.
 */
export interface BatchJobResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * The name of the job; a new GUID where it is left out.
     */
    name?: string;
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
     * The input, in the form of 2021.
     */
    dataset?: {
      dataInputType: 'DataUrl' | 'DatasetVersion' | 'DatasetId';
      path?: string;
      datasetName?: string;
      datasetVersion?: string;
      datasetId?: string;
    };
    /**
     * The input, in today's form.
     */
    inputData?: {
      [k: string]: {
        /**
         * What the URI names. Clients say UriFolder where nobody has told them.
         */
        jobInputType: 'UriFile' | 'UriFolder';
        uri: string;
        mode?: string;
      };
    };
    /**
     * Where the output goes, in the form of 2021.
     */
    outputDataset?: {
      datastoreId?: string;
      path?: string;
    };
    /**
     * Where the output goes, in today's form.
     */
    outputData?: {
      [k: string]: {
        jobOutputType?: 'UriFile';
        uri: string;
        mode?: string;
      };
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
     * Known and not used here.
     */
    partitionKeys?: string[];
    /**
     * Told in answers; what is sent is not looked at.
     */
    interactionEndpoints?: {};
    /**
     * Told in answers; what is sent is not looked at.
     */
    output?: {};
    /**
     * Told in answers; what is sent is not looked at.
     */
    provisioningState?: string;
    /**
     * Told in answers; what is sent is not looked at.
     */
    status?: string;
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
      mode: 'all' | 'failedOnly' | 'resume';
    };
    notifications?: Notifications;
  };
}

/**
 * What people say of a job.
 */
export interface JobLabelsResource {
  properties: {
    /**
     * A name for people; a job is found by its own.
     */
    displayName?: string;
    /**
     * Free text for people.
     */
    description?: string;
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string;
    };
    /**
     * An archived job is left out of lists.
     */
    isArchived?: boolean;
  };
}

/**
 * A version of a model.
 */
export interface ModelVersionResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Labels of the user's own.
     */
    tags?: {
      [k: string]: string | null;
    };
    isAnonymous?: boolean;
    isArchived?: boolean;
    /**
     * Where the file or folder of the model lies now; it is copied.
     */
    modelUri: string;
    /**
     * What kind of model it is.
     */
    modelType: 'custom_model' | 'mlflow_model';
    stage?: string;
    flavors?: {};
    jobName?: string;
  };
}

/**
 * Who is told when a job has ended: each a webhook, a topic of Event Grid, or a storage queue.
 *
 * @maxItems 25
 */
export type Notifications = {
  /**
   * How it is told: by a signed HTTPS request, by an event of Event Grid, or by a message of a storage queue.
   */
  notificationType: 'Webhook' | 'EventGrid' | 'StorageQueue';
  /**
   * The HTTPS URL of a webhook.
   */
  url?: string;
  /**
   * What a webhook is signed with: whsec_ and 24 to 64 bytes in base64. It is taken and never shown; what leaves it out keeps that of the same URL.
   */
  secret?: string;
  /**
   * The endpoint of a topic of Event Grid.
   */
  topic?: string;
  /**
   * An access key of the topic; the identity of the host where there is none. It is taken and never shown.
   */
  key?: string;
  /**
   * The URL of a storage queue, without a signature.
   */
  queue?: string;
  /**
   * A shared access signature for the queue; the identity of the host where there is none. It is taken and never shown.
   */
  sas?: string;
  /**
   * Whether it has a secret, a key or a signature.
   */
  hasSecret?: boolean;
  /**
   * The ends of a job that are told; all where it is left out.
   *
   * @minItems 1
   */
  on?: ['Completed' | 'Failed' | 'Canceled', ...('Completed' | 'Failed' | 'Canceled')[]];
}[];

/**
 * How a client wants to upload the content of an asset.
 */
export interface PendingUploadRequest {
  pendingUploadType: 'TemporaryBlobReference' | 'None';
  pendingUploadId?: string | null;
}

/**
 * What is to change of what is said of a run. Other fields of a run that clients send are not looked at.
 */
export interface RunChange {
  /**
   * A name for people.
   */
  displayName?: string | null;
  /**
   * Free text for people.
   */
  description?: string | null;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  } | null;
  /**
   * Whether the job is archived.
   */
  hidden?: boolean | null;
  [k: string]: unknown;
}

/**
 * Which run a client asks for.
 */
export interface RunDataRequest {
  /**
   * The name of the job.
   */
  runId: string;
  selectRunMetadata?: boolean | null;
  selectRunDefinition?: boolean | null;
  selectJobSpecification?: boolean | null;
}

/**
 * A schedule: it starts jobs of an endpoint by the clock.
 */
export interface ScheduleResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  systemData?: {};
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
    tags?: {
      [k: string]: string | null;
    };
    /**
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string | null;
    };
    /**
     * Whether it starts jobs.
     */
    isEnabled: boolean;
    provisioningState?: string;
    /**
     * Told in answers; what is sent is not looked at.
     */
    status?: {};
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
       * Nothing is due before it; without an offset in the time zone.
       */
      startTime?: string | null;
      /**
       * Nothing is due after it; without an offset in the time zone.
       */
      endTime?: string | null;
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
         * Where the predictions file goes; where it is left out, as for any job.
         */
        output?: {
          jobOutputType?: 'UriFile';
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
    notifications?: Notifications;
  };
}

/**
 * A request to start a job of a schedule now.
 */
export interface ScheduleTriggerRequest {
  /**
   * The time that places such as {schedule:yyyy/MM/dd} in its paths mean, in ISO 8601; without an offset it is one of the time zone of the schedule. Now where it is left out.
   */
  scheduleTime?: string | null;
}

/**
 * A trigger: it starts jobs of an endpoint when files land, or when jobs of another endpoint have completed.
 */
export interface TriggerResource {
  id?: string;
  name?: string;
  type?: string;
  location?: string;
  kind?: string;
  /**
   * Labels of the user's own.
   */
  tags?: {
    [k: string]: string | null;
  };
  identity?: {};
  sku?: {};
  systemData?: {};
  properties: {
    /**
     * Free text for people.
     */
    description?: string | null;
    /**
     * The endpoint of which jobs are started: its name, azureml:<name>, or the full id.
     */
    endpoint: string;
    /**
     * The deployment; the default one at the time of a job where it is left out.
     */
    deployment?: string | null;
    /**
     * What is watched: the files of a datastore, or the outputs of the jobs of another endpoint.
     */
    watch: {
      /**
       * The datastore: its name, azureml:<name>, or the full id; the default one where neither it nor an endpoint is said.
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
       * Seconds that a file has to stay as it is before it counts as landed, where the host watches folders itself; 0.25 where it is left out.
       */
      settleSeconds?: number;
      /**
       * An endpoint of which the completed jobs are watched: each of their outputs is the input of a job. It stands alone, or with a deployment.
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
     * The path of the predictions file, with places such as {name} in it; where it is left out, as for any job.
     */
    output?: string | null;
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
    notifications?: Notifications;
    /**
     * Whether it starts no jobs: files that land meanwhile wait.
     */
    paused: boolean;
    provisioningState?: string;
    status?: {};
  };
}
