import type { ErrorBody } from '../../shared/errors/batchpointError';
import type { FailureSummary } from '../../shared/jobs/jobRun';
import type { PhaseSeconds } from '../../shared/outputs/summary';
import type { Workspace as ShownWorkspace } from '../../shared/schemas/answers/generated';
import type {
  BatchDeploymentResource,
  BatchEndpointResource,
  BatchJobResource,
  ComputeResource,
  DatastoreResource,
  DataVersionResource,
  EnvironmentVersionResource,
  ModelVersionResource,
} from '../../shared/schemas/rest/generated';

/** What every resource has in an answer. */
interface Answered {
  readonly id: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly systemData?: { readonly createdAt?: string };
}

interface Resource<Properties> extends Answered {
  readonly properties: Properties;
}

export type AnsweredEndpoint = Resource<BatchEndpointResource['properties']>;
export type AnsweredDeployment = Resource<BatchDeploymentResource['properties']>;
export type AnsweredModel = Resource<ModelVersionResource['properties']>;
export type AnsweredData = Resource<DataVersionResource['properties']>;
export type AnsweredEnvironment = Resource<EnvironmentVersionResource['properties']>;
export type AnsweredCompute = Resource<ComputeResource['properties']>;
export type AnsweredDatastore = Resource<
  Omit<DatastoreResource['properties'], 'datastoreType'> & { readonly datastoreType: string }
>;

/** The workspace itself, as far as commands ask for it. */
export type AnsweredWorkspace = Resource<Pick<ShownWorkspace['properties'], 'readsLocalFiles'>>;

/** An asset over all its versions. */
export type AnsweredContainer = Resource<{
  readonly latestVersion: string | null;
  readonly nextVersion: string;
  readonly isArchived?: boolean;
  readonly description?: string;
}>;

/** How far a job is. */
interface AnsweredProgress {
  readonly miniBatches: number;
  readonly files: number;
  readonly lanes: number;
  readonly miniBatchesDone: number;
  readonly miniBatchesFailed: number;
  readonly filesDone: number;
  readonly filesFailed: number;
  readonly rows: number;
  readonly tries: number;
  readonly secondsLeft?: number;
}

export type AnsweredJob = Resource<
  BatchJobResource['properties'] & {
    readonly endpointName: string;
    readonly deploymentName: string;
    readonly output: { readonly datastoreId?: string; readonly path: string };
    readonly interactionEndpoints: { readonly Studio?: { readonly endpoint: string } };
    readonly status: string;
    readonly provisioningState: string;
    readonly createdBy: string;
    readonly displayName?: string;
    readonly isArchived?: boolean;
    readonly startTime: string;
    readonly endTime?: string;
    readonly progress: AnsweredProgress;
    readonly phases: PhaseSeconds;
    readonly warnings: readonly string[];
    readonly failures?: readonly FailureSummary[];
    readonly error?: ErrorBody;
    readonly outputUri?: string;
    readonly outputBytes?: number;
    readonly scriptFiles?: readonly string[];
  }
>;

/** What scripts printed since a cursor. */
export interface AnsweredEvents {
  readonly printed: readonly {
    readonly worker: string;
    readonly stream: 'stdout' | 'stderr';
    readonly text: string;
  }[];
  readonly cursor: string;
  /** The last line of an installer, while an environment is made. */
  readonly installing: string | null;
}

/** A file of a job. */
export interface AnsweredFile {
  readonly name: string;
  readonly size: number;
}
