import { isStoppable } from '../domain/jobState';
import { isFailure } from '../errors/batchpointError';
import type { JobStore } from '../jobs/jobStore';

const pollMilliseconds = 1_000;

/** A signal that is raised when a job stops, found by looking at its record once a second. */
export class StopSignal {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly jobs: JobStore,
    private readonly key: string,
  ) {
    this.timer = setInterval(() => void this.poll(), pollMilliseconds);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    try {
      const { value } = await this.jobs.run(this.key);
      if (!isStoppable(value.state)) this.controller.abort();
    } catch (error) {
      if (!isFailure(error) || !error.retryable) this.controller.abort();
    }
  }
}
