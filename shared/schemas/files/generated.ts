// Generated from the schemas beside it by `npm run schemas`. Do not edit.

/**
 * A deployment, in a file of its own or in the list of an endpoint.
 */
export interface BatchDeploymentFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * The endpoint of the deployment; --endpoint-name goes over it.
   */
  endpoint_name?: string;
  /**
   * What is deployed: a model.
   */
  type?: 'model';
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * A registered model as azureml:<name>:<version>, azureml:<name>@latest or an id, or one to register.
   */
  model:
    | string
    | {
        /**
         * Its name; one that follows from its content where it is left out.
         */
        name?: string;
        /**
         * The version; the next integer where it is left out.
         */
        version?: string;
        /**
         * The file or folder of the model, relative to this file, or where it lies in a datastore; without it a registered model is meant.
         */
        path?: string;
        /**
         * The same as path, as it was written in 2021.
         */
        local_path?: string;
        /**
         * What kind of model it is. A folder with an MLmodel file is an MLflow model whatever this says.
         */
        type?: 'custom_model' | 'mlflow_model';
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
         * Values of the user's own.
         */
        properties?: {
          [k: string]: string;
        };
      };
  /**
   * The code that scores; a model in the MLflow format needs none.
   */
  code_configuration?: {
    /**
     * The folder with the code, relative to this file, or registered code as azureml:<name>:<version>.
     */
    code:
      | string
      | {
          /**
           * The folder with the code, relative to this file.
           */
          local_path: string;
        };
    /**
     * The file with init() and run(mini_batch), relative to the code folder.
     */
    scoring_script: string;
  };
  /**
   * A registered environment as azureml:<name>:<version>, azureml:<name>@latest or an id, or one to register.
   */
  environment?:
    | string
    | {
        /**
         * Its name; one that follows from its content where it is left out.
         */
        name?: string;
        /**
         * The version; the next integer where it is left out.
         */
        version?: string;
        /**
         * A container image. It is kept; scripts run in a Python environment made from the conda file, not in the image.
         */
        image?: string;
        /**
         * A conda file, as file:./x.yml or a path, or its content.
         */
        conda_file?: string | {};
        /**
         * A requirements file, as a path, or its lines: the definition by itself, or what python_env_file names with -r.
         */
        requirements_file?: string | string[];
        /**
         * A file python_env.yaml, as MLflow writes it, as a path.
         */
        python_env_file?: string;
        /**
         * The path of an interpreter that is used as it is, and nothing is installed.
         */
        python?: string;
        /**
         * A folder that conda_file may lie in, relative to this file.
         */
        path?: string;
        /**
         * The image, as it was written in 2021.
         */
        docker?: {
          /**
           * A container image. It is kept; scripts run in a Python environment made from the conda file, not in the image.
           */
          image?: string;
        };
        /**
         * How an image is built.
         */
        build?: {};
        /**
         * The routes of an image that serves by itself.
         */
        inference_config?: {};
        /**
         * The system of the image.
         */
        os_type?: string;
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
         * Values of the user's own.
         */
        properties?: {
          [k: string]: string;
        };
      };
  /**
   * The compute as azureml:<name>; in 2021 a mapping with it as target.
   */
  compute:
    | string
    | {
        /**
         * The compute as azureml:<name>.
         */
        target: string;
        /**
         * Nodes for a job.
         */
        instance_count?: number;
      };
  /**
   * The nodes of a job.
   */
  resources?: {
    /**
     * Nodes for a job.
     */
    instance_count?: number;
    /**
     * The size of a node.
     */
    instance_type?: string;
    /**
     * Further properties of the nodes.
     */
    properties?: {};
  };
  settings?: DeploymentSettings;
  /**
   * Files that are handed to one run().
   */
  mini_batch_size?: number;
  /**
   * Worker processes on one instance.
   */
  max_concurrency_per_instance?: number;
  /**
   * Whether the results are written as rows of one file, or only counted.
   */
  output_action?: 'append_row' | 'summary_only';
  /**
   * The name of the predictions file.
   */
  output_file_name?: string;
  /**
   * What happens to a run() that fails.
   */
  retry_settings?: {
    /**
     * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
     */
    max_retries?: number;
    /**
     * Seconds that one run() may take.
     */
    timeout?: number;
  };
  /**
   * Failed files to ignore over the whole input; -1 ignores all.
   */
  error_threshold?: number;
  /**
   * What the scorer writes to its log, in any case.
   */
  logging_level?: string;
  /**
   * Environment variables of the scoring script.
   */
  environment_variables?: {
    [k: string]: string;
  };
  notifications?: NotificationFiles;
}

/**
 * An endpoint, with its deployments where it is written as in 2021.
 */
export interface BatchEndpointFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * What kind of endpoint it is.
   */
  type?: 'batch';
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * How callers prove who they are.
   */
  auth_mode?: 'aad_token';
  /**
   * What holds where an invocation says nothing.
   */
  defaults?: {
    /**
     * The deployment that scores where an invocation names none.
     */
    deployment_name?: string;
  };
  /**
   * The traffic of each deployment: 100 for the default one, 0 for the others.
   */
  traffic?: {
    [k: string]: 0 | 100;
  };
  /**
   * The deployments that are made with it.
   */
  deployments?: BatchDeploymentFile[];
}

/**
 * A compute: the bound on how much runs at once.
 */
export interface ComputeFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * What kind of compute it is.
   */
  type?: 'amlcompute';
  /**
   * Instances that are kept.
   */
  min_instances?: number;
  /**
   * The most instances that jobs use at once.
   */
  max_instances?: number;
  /**
   * The size of an instance; kept, not used.
   */
  size?: string;
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
   * Seconds after which an idle instance ends.
   */
  idle_time_before_scale_down?: number | string;
  /**
   * Whether instances are dedicated or of low priority.
   */
  tier?: string;
  /**
   * The region of the instances.
   */
  location?: string;
  /**
   * The identity that the instances have.
   */
  identity?: {};
  /**
   * The network of the instances.
   */
  network_settings?: {};
  /**
   * Who may enter the instances.
   */
  ssh_settings?: {};
  /**
   * Whether instances can be entered from elsewhere.
   */
  ssh_public_access_enabled?: boolean;
  /**
   * Whether instances have public addresses.
   */
  enable_node_public_ip?: boolean;
  /**
   * The id of the compute in Azure.
   */
  resource_id?: string;
}

/**
 * A version of a data asset: a name for an input.
 */
export interface DataFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * The version; the next integer where it is left out.
   */
  version?: string;
  /**
   * One file, or a folder; where it is left out, a local path says it by itself.
   */
  type?: 'uri_file' | 'uri_folder';
  /**
   * A URL, azureml://datastores/<name>/paths/<path>, or a local path relative to this file.
   */
  path?: string;
  /**
   * The same as path, as it was written in 2021.
   */
  local_path?: string;
  /**
   * A list of one folder or one file, '- folder: <path>' or '- file: <path>', as it was written in the autumn of 2021.
   *
   * @minItems 1
   * @maxItems 1
   */
  paths?: [
    {
      /**
       * The folder, in the forms of path.
       */
      folder?: string;
      /**
       * The file, in the forms of path.
       */
      file?: string;
    },
  ];
  /**
   * The datastore that path is in, as azureml:<name>.
   */
  datastore?: string;
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
}

/**
 * A datastore: a place for inputs and outputs.
 */
export type DatastoreFile = {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * A container of Azure Blob Storage, or a folder of the machine that the host runs on.
   */
  type: 'azure_blob' | 'local_folder';
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
   * The storage account.
   */
  account_name?: string;
  /**
   * The container in it.
   */
  container_name?: string;
  /**
   * The suffix of the storage service, or the full URL of one.
   */
  endpoint?: string;
  /**
   * How the storage service is reached.
   */
  protocol?: 'http' | 'https';
  /**
   * A key of the account or a shared access signature; without either, the identity of the host is used.
   */
  credentials?: {
    /**
     * A key of the account.
     */
    account_key?: string;
    /**
     * A shared access signature.
     */
    sas_token?: string;
  };
  /**
   * The folder, relative to this file.
   */
  path?: string;
};

/**
 * How a deployment scores: the settings block of today.
 */
export interface DeploymentSettings {
  /**
   * Files that are handed to one run().
   */
  mini_batch_size?: number;
  /**
   * Worker processes on one instance.
   */
  max_concurrency_per_instance?: number;
  /**
   * Whether the results are written as rows of one file, or only counted.
   */
  output_action?: 'append_row' | 'summary_only';
  /**
   * The name of the predictions file.
   */
  output_file_name?: string;
  /**
   * What happens to a run() that fails.
   */
  retry_settings?: {
    /**
     * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
     */
    max_retries?: number;
    /**
     * Seconds that one run() may take.
     */
    timeout?: number;
  };
  /**
   * Failed files to ignore over the whole input; -1 ignores all.
   */
  error_threshold?: number;
  /**
   * What the scorer writes to its log, in any case.
   */
  logging_level?: string;
  /**
   * Environment variables of the scoring script.
   */
  environment_variables?: {
    [k: string]: string;
  };
  /**
   * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
   */
  output?: {
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
    formula_escape?: boolean;
  };
  /**
   * What mini-batches are cut by, beyond what Azure has; files where it is left out.
   */
  mini_batch?: {
    /**
     * Files, bytes of files, or rows of CSV and Parquet files.
     */
    by: 'files' | 'bytes' | 'rows';
    /**
     * How many of them a mini-batch has at most: mini_batch_size files, 100 MiB, or 10,000 rows where it is left out.
     */
    size?: number;
  };
  /**
   * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
   */
  unsupported_types?: 'fail' | 'skip';
  /**
   * Mebibytes of memory that one worker may hold, with all processes that it starts.
   */
  worker_memory?: number;
  /**
   * Whether another Python than the environment asks for will do, where this machine lacks that one.
   */
  allow_python_mismatch?: boolean;
}

/**
 * What of an endpoint can be changed.
 */
export interface EndpointUpdate {
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * What holds where an invocation says nothing.
   */
  defaults?: {
    /**
     * The deployment that scores where an invocation names none.
     */
    deployment_name?: string;
  };
  /**
   * The traffic of a deployment: 100 makes it the default one, 0 takes the traffic away.
   */
  traffic?: {
    [k: string]: 0 | 100;
  };
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name?: string;
  /**
   * What kind of endpoint it is.
   */
  type?: 'batch';
  /**
   * How callers prove who they are.
   */
  auth_mode?: 'aad_token';
}

/**
 * A version of an environment: what a scoring script needs.
 */
export interface EnvironmentFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * The version; the next integer where it is left out.
   */
  version?: string;
  /**
   * A container image. It is kept; scripts run in a Python environment made from the conda file, not in the image.
   */
  image?: string;
  /**
   * A conda file, as file:./x.yml or a path, or its content.
   */
  conda_file?: string | {};
  /**
   * A requirements file, as a path, or its lines: the definition by itself, or what python_env_file names with -r.
   */
  requirements_file?: string | string[];
  /**
   * A file python_env.yaml, as MLflow writes it, as a path.
   */
  python_env_file?: string;
  /**
   * The path of an interpreter that is used as it is, and nothing is installed.
   */
  python?: string;
  /**
   * A folder that conda_file may lie in, relative to this file.
   */
  path?: string;
  /**
   * The image, as it was written in 2021.
   */
  docker?: {
    /**
     * A container image. It is kept; scripts run in a Python environment made from the conda file, not in the image.
     */
    image?: string;
  };
  /**
   * How an image is built.
   */
  build?: {};
  /**
   * The routes of an image that serves by itself.
   */
  inference_config?: {};
  /**
   * The system of the image.
   */
  os_type?: string;
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
}

/**
 * An invocation: its input, its output, and the settings of a deployment that the job may have otherwise.
 */
export interface InvocationFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  /**
   * The input by its name: letters, digits and underscores. There is one.
   */
  inputs?: {
    [k: string]: {
      /**
       * One file, or a folder.
       */
      type?: 'uri_file' | 'uri_folder';
      /**
       * azureml:<name>:<version>, a URL, azureml://datastores/<name>/paths/<path>, or a local path relative to this file.
       */
      path: string;
      /**
       * How files get to the nodes.
       */
      mode?: string;
    };
  };
  /**
   * The file of the output by its name: letters, digits and underscores. There is one.
   */
  outputs?: {
    [k: string]: {
      /**
       * The output is one file.
       */
      type?: 'uri_file';
      /**
       * The path of the file: azureml://datastores/<name>/paths/<path>, or a local path.
       */
      path: string;
      /**
       * How files get to the datastore.
       */
      mode?: string;
    };
  };
  /**
   * An experiment that the job belongs to.
   */
  experiment_name?: string;
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * Nodes for a job.
   */
  instance_count?: number;
  /**
   * Files that are handed to one run().
   */
  mini_batch_size?: number;
  /**
   * Worker processes on one instance.
   */
  max_concurrency_per_instance?: number;
  /**
   * Whether the results are written as rows of one file, or only counted.
   */
  output_action?: 'append_row' | 'summary_only';
  /**
   * The name of the predictions file.
   */
  output_file_name?: string;
  /**
   * What happens to a run() that fails.
   */
  retry_settings?: {
    /**
     * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
     */
    max_retries?: number;
    /**
     * Seconds that one run() may take.
     */
    timeout?: number;
  };
  /**
   * Failed files to ignore over the whole input; -1 ignores all.
   */
  error_threshold?: number;
  /**
   * What the scorer writes to its log, in any case.
   */
  logging_level?: string;
  /**
   * Environment variables of the scoring script.
   */
  environment_variables?: {
    [k: string]: string;
  };
  /**
   * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
   */
  output?: {
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
    formula_escape?: boolean;
  };
  /**
   * What mini-batches are cut by, beyond what Azure has; files where it is left out.
   */
  mini_batch?: {
    /**
     * Files, bytes of files, or rows of CSV and Parquet files.
     */
    by: 'files' | 'bytes' | 'rows';
    /**
     * How many of them a mini-batch has at most: mini_batch_size files, 100 MiB, or 10,000 rows where it is left out.
     */
    size?: number;
  };
  /**
   * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
   */
  unsupported_types?: 'fail' | 'skip';
  /**
   * Mebibytes of memory that one worker may hold, with all processes that it starts.
   */
  worker_memory?: number;
  /**
   * Whether another Python than the environment asks for will do, where this machine lacks that one.
   */
  allow_python_mismatch?: boolean;
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
  notifications?: NotificationFiles;
}

/**
 * A version of a model.
 */
export interface ModelFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
  /**
   * The version; the next integer where it is left out.
   */
  version?: string;
  /**
   * What kind of model it is. A folder with an MLmodel file is an MLflow model whatever this says.
   */
  type?: 'custom_model' | 'mlflow_model';
  /**
   * The file or folder of the model, relative to this file; or where it lies in a datastore, as azureml://datastores/<name>/paths/<path>, or among the outputs of a job, as azureml://jobs/<job>/outputs/<output>/paths/<path>.
   */
  path?: string;
  /**
   * The same as path, as it was written in 2021.
   */
  local_path?: string;
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * The stage of its life, such as Production.
   */
  stage?: string;
  /**
   * The flavors of an MLflow model; they are read from its MLmodel file.
   */
  flavors?: {};
}

/**
 * Who is told when a job has ended: each a webhook, a topic of Event Grid, or a storage queue.
 *
 * @maxItems 25
 */
export type NotificationFiles = {
  /**
   * How it is told: by a signed HTTPS request, by an event of Event Grid, or by a message of a storage queue.
   */
  type: 'webhook' | 'event_grid' | 'storage_queue';
  /**
   * The HTTPS URL of a webhook.
   */
  url?: string;
  /**
   * What a webhook is signed with: whsec_ and 24 to 64 bytes in base64, as batchpoint notification secret makes one. Never shown; an update that leaves it out keeps it.
   */
  secret?: string;
  /**
   * The endpoint of a topic of Event Grid.
   */
  topic?: string;
  /**
   * An access key of the topic; the identity of the host where it is left out. Never shown.
   */
  key?: string;
  /**
   * The URL of a storage queue, without a signature.
   */
  queue?: string;
  /**
   * A shared access signature for the queue; the identity of the host where it is left out. Never shown.
   */
  sas?: string;
  /**
   * The ends of a job that are told; all where it is left out.
   *
   * @minItems 1
   */
  on?: ['completed' | 'failed' | 'canceled', ...('completed' | 'failed' | 'canceled')[]];
}[];

/**
 * A schedule: it starts jobs of an endpoint by the clock.
 */
export interface ScheduleFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  /**
   * The name of the schedule.
   */
  name: string;
  /**
   * What people call it.
   */
  display_name?: string;
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
   * Values of the user's own.
   */
  properties?: {
    [k: string]: string;
  };
  /**
   * Whether it starts jobs.
   */
  is_enabled?: boolean;
  /**
   * When its runs are due.
   */
  trigger: {
    /**
     * Whether an expression of cron says when, or a frequency.
     */
    type: 'cron' | 'recurrence';
    /**
     * Of cron: five fields, minute, hour, day, month, day of the week; or a nickname such as @daily.
     */
    expression?: string;
    /**
     * Of recurrence: what is counted.
     */
    frequency?: 'minute' | 'hour' | 'day' | 'week' | 'month';
    /**
     * Of recurrence: of how many of them one has a run.
     */
    interval?: number;
    /**
     * Of recurrence: at which times of them; that of the start where it is left out.
     */
    schedule?: {
      /**
       * Hours of the day, one or a list.
       *
       * @minItems 1
       * @maxItems 24
       */
      hours?: number | [number, ...number[]];
      /**
       * Minutes of the hour, one or a list.
       *
       * @minItems 1
       * @maxItems 60
       */
      minutes?: number | [number, ...number[]];
      /**
       * Days of the week, one or a list.
       *
       * @minItems 1
       * @maxItems 7
       */
      weekdays?:
        | string
        | ['monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday']
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ];
      /**
       * The same, in the other spelling that is in use.
       *
       * @minItems 1
       * @maxItems 7
       */
      week_days?:
        | string
        | ['monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday']
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ]
        | [
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
            'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday',
          ];
      /**
       * Days of the month, one or a list.
       *
       * @minItems 1
       * @maxItems 31
       */
      month_days?: number | [number, ...number[]];
    };
    /**
     * The time zone, as IANA names it (Asia/Seoul), or Windows (Korea Standard Time).
     */
    time_zone?: string;
    /**
     * Nothing is due before it, as in 2026-11-27T00:00:00; without an offset in the time zone.
     */
    start_time?: string;
    /**
     * Nothing is due after it; without an offset in the time zone.
     */
    end_time?: string;
  };
  /**
   * The job that a run starts.
   */
  create_job: {
    /**
     * The kind of the job; there is one.
     */
    type?: 'batch';
    /**
     * The endpoint: its name, also as azureml:<name>.
     */
    endpoint: string;
    /**
     * Another deployment than the default.
     */
    deployment?: string;
    /**
     * The input: a path, or the newest output of another endpoint.
     */
    input: {
      /**
       * One file, or a folder.
       */
      type?: 'uri_file' | 'uri_folder';
      /**
       * As in an invocation. It may hold the time of the run, as in {schedule:yyyy/MM/dd} or {schedule-1d:yyyyMMdd}.
       */
      path?: string;
      /**
       * The endpoint whose newest output is meant.
       */
      endpoint?: string;
      /**
       * The deployment whose newest output is meant; any of the endpoint where it is left out.
       */
      deployment?: string;
    };
    /**
     * Where the predictions file goes; where it is left out, as for any job.
     */
    output?: {
      /**
       * The output is one file.
       */
      type?: 'uri_file';
      /**
       * The path of the file, with the time of the run in it, so that each run has its own.
       */
      path: string;
    };
    /**
     * What its jobs have otherwise than the deployment says.
     */
    overrides?: {
      /**
       * An experiment that the job belongs to.
       */
      experiment_name?: string;
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
       * Values of the user's own.
       */
      properties?: {
        [k: string]: string;
      };
      /**
       * Nodes for a job.
       */
      instance_count?: number;
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
       * Files that are handed to one run().
       */
      mini_batch_size?: number;
      /**
       * Worker processes on one instance.
       */
      max_concurrency_per_instance?: number;
      /**
       * Whether the results are written as rows of one file, or only counted.
       */
      output_action?: 'append_row' | 'summary_only';
      /**
       * The name of the predictions file.
       */
      output_file_name?: string;
      /**
       * What happens to a run() that fails.
       */
      retry_settings?: {
        /**
         * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
         */
        max_retries?: number;
        /**
         * Seconds that one run() may take.
         */
        timeout?: number;
      };
      /**
       * Failed files to ignore over the whole input; -1 ignores all.
       */
      error_threshold?: number;
      /**
       * What the scorer writes to its log, in any case.
       */
      logging_level?: string;
      /**
       * Environment variables of the scoring script.
       */
      environment_variables?: {
        [k: string]: string;
      };
      /**
       * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
       */
      output?: {
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
        formula_escape?: boolean;
      };
      /**
       * What mini-batches are cut by, beyond what Azure has; files where it is left out.
       */
      mini_batch?: {
        /**
         * Files, bytes of files, or rows of CSV and Parquet files.
         */
        by: 'files' | 'bytes' | 'rows';
        /**
         * How many of them a mini-batch has at most: mini_batch_size files, 100 MiB, or 10,000 rows where it is left out.
         */
        size?: number;
      };
      /**
       * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
       */
      unsupported_types?: 'fail' | 'skip';
      /**
       * Mebibytes of memory that one worker may hold, with all processes that it starts.
       */
      worker_memory?: number;
      /**
       * Whether another Python than the environment asks for will do, where this machine lacks that one.
       */
      allow_python_mismatch?: boolean;
    };
  };
  /**
   * Monitors are not supported here.
   */
  create_monitor?: {
    [k: string]: unknown;
  };
  /**
   * Imports of data are not supported here.
   */
  import_data?: {
    [k: string]: unknown;
  };
  /**
   * What becomes of runs that were missed, as no host was there: none is made up for, the last one, or all up to misfire_limit.
   */
  misfire?: 'skip' | 'once' | 'all';
  /**
   * The most missed runs that are made up for.
   */
  misfire_limit?: number;
  /**
   * What becomes of a run while the one before has not ended: it starts, it is left out, or the one before is cancelled.
   */
  concurrency?: 'allow' | 'forbid' | 'replace';
  /**
   * Seconds by which a run may be later.
   */
  jitter?: number;
  notifications?: NotificationFiles;
}

/**
 * A trigger: it starts jobs when files land, or when jobs of another endpoint have completed.
 */
export interface TriggerFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
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
   * The endpoint of which jobs are started: its name, or azureml:<name>.
   */
  endpoint: string;
  /**
   * The deployment; the default one at the time of a job where it is left out.
   */
  deployment?: string;
  /**
   * What is watched: the files of a datastore, or the outputs of the jobs of another endpoint.
   */
  watch?: {
    /**
     * The datastore: its name, or azureml:<name>.
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
     * Seconds that a file has to stay as it is before it counts as landed; only where the host watches folders itself.
     */
    settle_seconds?: number;
    /**
     * Another endpoint, for a chain: the output of each of its jobs that completes is the input of a job. Nothing but a deployment stands beside it.
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
  batching?: {
    /**
     * Each file is a job; all files of some time are one (window); or a file of a certain name starts one job over its folder (marker).
     */
    type?: 'each' | 'window' | 'marker';
    /**
     * How long a window is open; needed for one.
     */
    seconds?: number;
    /**
     * Files that close a window early.
     */
    files?: number;
    /**
     * The name of the marker.
     */
    name?: string;
  };
  /**
   * The path of the predictions file: azureml://datastores/<name>/paths/<path>, or a local path. In it, {name}, {path}, {date}, {trigger} and {job} stand for what a job is about.
   */
  output?: string;
  /**
   * What its jobs have otherwise than the deployment says.
   */
  overrides?: {
    /**
     * An experiment that the job belongs to.
     */
    experiment_name?: string;
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
     * Values of the user's own.
     */
    properties?: {
      [k: string]: string;
    };
    /**
     * Nodes for a job.
     */
    instance_count?: number;
    /**
     * Files that are handed to one run().
     */
    mini_batch_size?: number;
    /**
     * Worker processes on one instance.
     */
    max_concurrency_per_instance?: number;
    /**
     * Whether the results are written as rows of one file, or only counted.
     */
    output_action?: 'append_row' | 'summary_only';
    /**
     * The name of the predictions file.
     */
    output_file_name?: string;
    /**
     * What happens to a run() that fails.
     */
    retry_settings?: {
      /**
       * The most tries of a failed run(): 3 means three attempts in all; 0 counts as 1.
       */
      max_retries?: number;
      /**
       * Seconds that one run() may take.
       */
      timeout?: number;
    };
    /**
     * Failed files to ignore over the whole input; -1 ignores all.
     */
    error_threshold?: number;
    /**
     * What the scorer writes to its log, in any case.
     */
    logging_level?: string;
    /**
     * Environment variables of the scoring script.
     */
    environment_variables?: {
      [k: string]: string;
    };
    /**
     * The form of the predictions file, beyond what Azure has; without it the file is as Azure writes it.
     */
    output?: {
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
      formula_escape?: boolean;
    };
    /**
     * What mini-batches are cut by, beyond what Azure has; files where it is left out.
     */
    mini_batch?: {
      /**
       * Files, bytes of files, or rows of CSV and Parquet files.
       */
      by: 'files' | 'bytes' | 'rows';
      /**
       * How many of them a mini-batch has at most: mini_batch_size files, 100 MiB, or 10,000 rows where it is left out.
       */
      size?: number;
    };
    /**
     * What happens where a model without a script cannot score the type of a file: the job fails before anything is scored, or the file is left out and named.
     */
    unsupported_types?: 'fail' | 'skip';
    /**
     * Mebibytes of memory that one worker may hold, with all processes that it starts.
     */
    worker_memory?: number;
    /**
     * Whether another Python than the environment asks for will do, where this machine lacks that one.
     */
    allow_python_mismatch?: boolean;
  };
  notifications?: NotificationFiles;
  /**
   * Whether it starts no jobs: files that land meanwhile wait.
   */
  paused?: boolean;
}
