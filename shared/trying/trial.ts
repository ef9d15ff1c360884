import type { JobSettings } from '../jobs/jobSpec';
import type { ErrorBody } from '../errors/batchpointError';
import type { EnvironmentContent } from '../registry/environments';
import type { ModelFacts } from '../registry/models';
import type { AssetReference } from '../registry/references';
import type { FailureLine } from '../scoring/claimLog';
import type { InstallProgress } from '../scoring/virtualEnvironments';
import type { Echo } from '../scoring/worker';
import type { AzureContainerPlace } from '../stores/stores';

/** A deployment as its parts lie on this machine. Paths are absolute. */
export interface TrialParts {
  /** What to call it in messages. */
  readonly name: string;
  /** The model's file or folder. */
  readonly model: { readonly path: string; readonly type: ModelFacts['type'] };
  /** The code folder and the script in it; a model without a script has none. */
  readonly code?: { readonly folder: string; readonly script: string };
  readonly environment?: EnvironmentContent;
  readonly settings: JobSettings;
}

/** Some files of an input. */
export interface TrialInput {
  /** The input as jobs have it: a `file:` URI, a URL, a path in a datastore, or registered data. */
  readonly uri: string;
  /** So many files are scored, the first ones in input order. */
  readonly files: number;
  readonly places: TrialPlaces;
}

/** Where registered data and datastores are found: a host knows them. */
export interface TrialPlaces {
  /** The URI of a data asset. */
  data(reference: AssetReference): Promise<string>;
  /** A folder of this machine, or a container. */
  datastore(name: string): Promise<{ readonly folder: string } | AzureContainerPlace>;
}

/** Who looks on at a trial. */
export interface TrialObserver {
  /** How an environment is made, line by line. */
  readonly progress: InstallProgress;
  /** What a job would have among its warnings. */
  readonly warned: (warning: string) => void;
  /** What the script prints, as it comes. */
  readonly printed: Echo;
  /** The scorer is ready: its `init()` has passed. */
  readonly ready: (seconds: Pick<TrialSeconds, 'environment' | 'init'>) => void;
  /** A mini-batch, or files of it, failed. */
  readonly failed: (failure: FailureLine) => void;
  /** The predictions, in a file that is removed afterwards. */
  readonly output: (path: string) => Promise<void>;
}

/** How long the phases of a trial took. */
export interface TrialSeconds {
  /** Until there was an interpreter with all packages. */
  readonly environment: number;
  /** Loading the script, and `init()`. */
  readonly init: number;
  /** All calls of `run()`. */
  readonly run: number;
}

/** How a trial went. */
export interface TrialResult {
  readonly miniBatches: number;
  readonly files: number;
  readonly failedFiles: number;
  readonly rows: number;
  readonly seconds: TrialSeconds;
  /** Files that the script wrote to AZUREML_BI_OUTPUT_PATH. */
  readonly scriptFiles: readonly string[];
  /** Why there are no predictions. */
  readonly error?: ErrorBody;
}
