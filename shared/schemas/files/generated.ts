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
   * A registered model as azureml:<name>:<version>, or one to register.
   */
  model:
    | string
    | {
        name: string;
        /**
         * The version; the next integer where it is left out.
         */
        version?: string;
        /**
         * The file or folder of the model, relative to this file; without it a registered model is meant.
         */
        local_path?: string;
        /**
         * What kind of model it is.
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
      };
  /**
   * The code that scores; a model in the MLflow format needs none.
   */
  code_configuration?: {
    code: {
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
   * A registered environment as azureml:<name>:<version>, or one to register.
   */
  environment?:
    | string
    | {
        name: string;
        /**
         * The version; the next integer where it is left out.
         */
        version?: string;
        /**
         * A folder that conda_file may lie in, relative to this file.
         */
        path?: string;
        /**
         * A conda file, as file:./x.yml or a path, or its content.
         */
        conda_file?: string | {};
        docker?: {
          /**
           * A container image; not used where scripts run in a Python environment.
           */
          image?: string;
        };
        /**
         * A container image; not used where scripts run in a Python environment.
         */
        image?: string;
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
      };
  compute: {
    /**
     * The compute as azureml:<name>.
     */
    target: string;
    /**
     * Nodes for a job; 1 where it is left out.
     */
    instance_count?: number;
  };
  /**
   * Files that are handed to one run(); 10 where it is left out.
   */
  mini_batch_size?: number;
  /**
   * Whether the results are written as rows of one file, or only counted; append_row where it is left out.
   */
  output_action?: 'append_row' | 'summary_only';
  /**
   * The name of the predictions file; predictions.csv where it is left out.
   */
  output_file_name?: string;
  retry_settings?: {
    /**
     * The most tries of a failed run(): 3, as where it is left out, means three attempts in all; 0 counts as 1.
     */
    max_retries?: number;
    /**
     * Seconds that one run() may take; 30 where it is left out.
     */
    timeout?: number;
  };
  /**
   * Failed files to ignore over the whole input; -1, as where it is left out, ignores all.
   */
  error_threshold?: number;
  /**
   * What the scorer writes to its log; info where it is left out.
   */
  logging_level?: string;
  /**
   * Worker processes on one instance; 1 where it is left out.
   */
  max_concurrency_per_instance?: number;
  /**
   * Environment variables of the scoring script.
   */
  environment_variables?: {
    [k: string]: string;
  };
}

/**
 * An endpoint with its deployments.
 */
export interface BatchEndpointFile {
  /**
   * The schema that an editor checks the file with; not used here.
   */
  $schema?: string;
  name: string;
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
   * How callers prove who they are.
   */
  auth_mode?: 'aad_token';
  /**
   * The traffic of each deployment: 100 for the default one, 0 for the others.
   */
  traffic?: {
    [k: string]: 0 | 100;
  };
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
  type?: 'amlcompute';
  /**
   * Instances that are kept; 0 where it is left out.
   */
  min_instances?: number;
  /**
   * The most instances that jobs use at once; 4 where it is left out.
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
   * One file, or a folder.
   */
  type?: 'uri_file' | 'uri_folder';
  /**
   * A URL, azureml://datastores/<name>/paths/<path>, or a local path relative to this file.
   */
  path: string;
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
   * The suffix of the storage service, or the full URL of one; core.windows.net where it is left out.
   */
  endpoint?: string;
  protocol?: 'http' | 'https';
  /**
   * A key of the account or a shared access signature; without either, the identity of the host is used.
   */
  credentials?: {
    account_key?: string;
    sas_token?: string;
  };
  /**
   * The folder, relative to this file.
   */
  path?: string;
};

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
   * The traffic of a deployment: 100 makes it the default one, 0 takes the traffic away.
   */
  traffic?: {
    [k: string]: 0 | 100;
  };
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
   * A folder that conda_file may lie in, relative to this file.
   */
  path?: string;
  /**
   * A conda file, as file:./x.yml or a path, or its content.
   */
  conda_file?: string | {};
  docker?: {
    /**
     * A container image; not used where scripts run in a Python environment.
     */
    image?: string;
  };
  /**
   * A container image; not used where scripts run in a Python environment.
   */
  image?: string;
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
}

/**
 * The settings of a deployment that a job may have otherwise.
 */
export interface InvocationSettings {
  /**
   * Files that are handed to one run().
   */
  mini_batch_size?: number;
  /**
   * Whether the results are written as rows of one file, or only counted.
   */
  output_action?: 'append_row' | 'summary_only';
  /**
   * The name of the predictions file.
   */
  output_file_name?: string;
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
   * What the scorer writes to its log.
   */
  logging_level?: string;
  /**
   * Worker processes on one instance.
   */
  max_concurrency_per_instance?: number;
  /**
   * Environment variables of the scoring script.
   */
  environment_variables?: {
    [k: string]: string;
  };
  /**
   * Nodes for a job.
   */
  instance_count?: number;
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
   * What kind of model it is.
   */
  type?: 'custom_model' | 'mlflow_model';
  /**
   * The file or folder of the model, relative to this file.
   */
  path: string;
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
}
