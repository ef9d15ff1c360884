import { fileURLToPath } from 'node:url';
import type { Batchpoint } from './batchpoint';
import { Interrupted } from './interruption';
import { shortPath, type Stage } from './stage';

/** A job that is done. */
export interface ScoredJob {
  /** The path of the predictions file. */
  readonly predictions: string;
  /** Seconds, as the job has measured them. */
  readonly phases: Readonly<Record<'queued' | 'preparing' | 'scoring' | 'finishing' | 'total', number>>;
}

/** Invokes an endpoint on a folder of this machine and follows the job to its end. After Ctrl-C the job is cancelled. */
export async function score(stage: Stage, endpoint: string, folder: string): Promise<ScoredJob> {
  const { batchpoint, screen } = stage;
  const input = ['--name', endpoint, '--input-local-path', shortPath(folder)];
  const query = ['--query', 'name', '-o', 'tsv'];
  const job = await batchpoint.read('endpoint', 'invoke', '--type', 'batch', ...input, ...query);
  screen.line(job);
  try {
    await batchpoint.show('job', 'stream', '--name', job);
  } catch (error) {
    if (error instanceof Interrupted) await cancel(batchpoint, job);
    throw error;
  }
  const { output_uri: uri, phases } = JSON.parse(await batchpoint.aside('job', 'show', '--name', job)) as {
    output_uri: string;
    phases: ScoredJob['phases'];
  };
  return { predictions: fileURLToPath(uri), phases };
}

async function cancel(batchpoint: Batchpoint, job: string): Promise<void> {
  try {
    await batchpoint.aside('job', 'cancel', '--name', job);
  } catch {
    // It ended before it could be cancelled: that is as good.
  }
}
