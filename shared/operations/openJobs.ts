import { isEnded } from '../domain/jobState';
import { failure, isFailure } from '../errors/batchpointError';
import type { JobIndex } from '../jobs/jobIndex';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';

/** An endpoint, or one deployment of it, by the names that they were made with. */
export interface DeletedResource {
  readonly endpoint: string;
  readonly deployment?: string;
}

/** The name of what is deleted. */
export function nameOf({ endpoint, deployment }: DeletedResource): string {
  return deployment ?? endpoint;
}

/** The jobs that stand in the way of a deletion. */
export class OpenJobs {
  constructor(
    private readonly index: JobIndex,
    private readonly jobs: JobStore,
  ) {}

  /** Those that have not ended, and those that are about to be made. */
  async of({ endpoint, deployment }: DeletedResource): Promise<string[]> {
    const open: string[] = [];
    for await (const active of this.index.active()) {
      if (active.endpoint !== endpoint) continue;
      if (deployment !== undefined && active.deployment !== deployment) continue;
      const job = await this.jobs.find(active.name);
      // A job is taken out of the active ones a moment after its end.
      if (job === undefined || !isEnded(job.run.state)) open.push(active.name);
    }
    return open;
  }

  /** Fails with `EndpointInUse` or `DeploymentInUse` where there is one. */
  async refuse(resource: DeletedResource): Promise<void> {
    const [job] = await this.of(resource);
    if (job === undefined) return;
    const { endpoint, deployment } = resource;
    throw deployment === undefined
      ? failure('EndpointInUse', { endpoint, job })
      : failure('DeploymentInUse', { deployment, endpoint, job });
  }

  /** Cancels jobs, as far as they still can be: the others end by themselves. Answers those that are to stop. */
  async cancel(names: readonly string[], by: string): Promise<readonly JobSpec[]> {
    const cancelled: JobSpec[] = [];
    for (const name of names) {
      try {
        await this.jobs.cancel(name, by);
        cancelled.push((await this.jobs.get(name)).spec);
      } catch (error) {
        if (!isFailure(error, 'JobNotCancellable') && !isFailure(error, 'ResourceNotFound')) throw error;
      }
    }
    return cancelled;
  }
}
