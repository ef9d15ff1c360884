import { isFailure } from '../errors/batchpointError';
import type { JobStore } from '../jobs/jobStore';
import type { BlobStore } from '../stores/blobStore';
import { removeRows } from '../stores/removeRow';
import type { TableStore } from '../stores/tableStore';
import { triggerPartition } from './triggerKeys';
import { closedWindow } from './windows';

/** What triggers that are gone are cleared away with. */
interface ForgetContext {
  readonly tables: TableStore;
  readonly blobs: BlobStore;
  readonly jobs: Pick<JobStore, 'spec'>;
}

/** Clears away all that is noted of a trigger that is gone. Done again at any point, it goes on. Its jobs stay. */
export async function forgetTrigger({ tables, blobs, jobs }: ForgetContext, key: string): Promise<void> {
  const window = await closedWindow(tables, key);
  // The list of a window goes with its job; of one that has none yet there is nobody else to remove it.
  if (window !== undefined && !(await isMade(jobs, window.job))) await blobs.remove(window.list);
  await removeRows(tables, triggerPartition(key), () => true);
}

async function isMade(jobs: Pick<JobStore, 'spec'>, key: string): Promise<boolean> {
  try {
    await jobs.spec(key);
    return true;
  } catch (error) {
    if (isFailure(error, 'JobRecordMissing')) return false;
    throw error;
  }
}
