import { fileURLToPath } from 'node:url';
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
  const { batchpoint } = stage;
  const job = `${endpoint}-${timeStamp(new Date())}`;
  const input = ['--name', endpoint, '--input-local-path', shortPath(folder)];
  try {
    await batchpoint.show('endpoint', 'invoke', '--type', 'batch', ...input, '--job-name', job, '-o', 'none');
    await batchpoint.show('job', 'stream', '--name', job);
  } catch (error) {
    if (error instanceof Interrupted) await cancel(stage, job);
    throw error;
  }
  const { output_uri: uri, phases } = JSON.parse(await batchpoint.aside('job', 'show', '--name', job)) as {
    output_uri: string;
    phases: ScoredJob['phases'];
  };
  return { predictions: fileURLToPath(uri), phases };
}

/** Such as `20260731-142530`, in UTC. */
function timeStamp(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** Cancels a job and waits for its end. */
async function cancel({ batchpoint, screen }: Stage, job: string): Promise<void> {
  screen.line('');
  screen.command('batchpoint', ['job', 'cancel', '--name', job]);
  for (const command of ['cancel', 'stream']) {
    // A job that has ended cannot be cancelled, and a stream ends badly where its job was: both are as good.
    await batchpoint.aside('job', command, '--name', job).catch(() => undefined);
  }
}
