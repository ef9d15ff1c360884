import { isFailure } from '../errors/batchpointError';
import { withoutSecrets } from '../errors/withoutSecrets';
import { jobPartition } from '../jobs/jobKeys';
import type { TableStore } from '../stores/tableStore';

/** What is known of the making of a job's environment. */
export interface EnvironmentNote {
  readonly lines: readonly string[];
}

const row = 'note:environment';

/** Lines of an installer that the note of a job keeps. */
const linesKept = 50;

/** How often the note is written while an installer talks. */
const writeMilliseconds = 1_000;

/** Writes what an installer says into the job's partition, now and then, for those who follow the job. */
export class EnvironmentNotes {
  private readonly lines: string[] = [];
  private written = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly tables: TableStore,
    private readonly job: string,
  ) {}

  add(line: string): void {
    this.lines.push(withoutSecrets(line));
    if (this.lines.length > linesKept) this.lines.shift();
    if (performance.now() - this.written < writeMilliseconds) return;
    this.written = performance.now();
    this.writing = this.writing.then(() => this.write());
  }

  /** Writes the last lines, where there are any. */
  async close(): Promise<void> {
    await this.writing;
    if (this.lines.length > 0) await this.write();
  }

  private async write(): Promise<void> {
    const value: EnvironmentNote = { lines: [...this.lines] };
    await this.tables
      .commit(jobPartition(this.job), [{ kind: 'put', row, value }])
      .catch((error: unknown) => {
        // A note is for the eye: a store that is away for a moment must not stop an installation.
        if (!isFailure(error) || !error.retryable) throw error;
      });
  }
}

/** The note of a job, where its environment has been made for it. */
export async function readEnvironmentNote(
  tables: TableStore,
  job: string,
): Promise<EnvironmentNote | undefined> {
  return (await tables.get<EnvironmentNote>(jobPartition(job), row))?.value;
}
