import { randomUUID } from 'node:crypto';
import { JobIndex } from '../../shared/jobs/jobIndex';
import { jobKey } from '../../shared/jobs/jobKeys';
import { JobStore } from '../../shared/jobs/jobStore';
import { openStores } from '../../shared/stores/openStores';

/**
 * Writes `count` more jobs that are as one that has ended: by the API of the stores that an invocation and the end of
 * a job write with, into the state folder that the host has open. Gives their names, the oldest first.
 */
export async function copiesOfJob(stateFolder: string, name: string, count: number): Promise<string[]> {
  const stores = await openStores({ kind: 'local', folder: stateFolder });
  const jobs = new JobStore(stores.tables, () => new Date());
  const index = new JobIndex(stores.tables);
  const { spec, run } = await jobs.get(name);
  const names: string[] = [];
  const made = Date.parse(spec.createdAt);
  for (let i = 0; i < count; i++) {
    const copy = randomUUID();
    const key = jobKey(copy);
    // A second lies between two of them, and the job that they are copies of is the newest.
    const createdAt = new Date(made - (count - i) * 1_000).toISOString();
    const copied = { ...spec, name: copy, key, createdAt };
    await jobs.create(copied);
    await jobs.change(key, () => run);
    await index.list(copied);
    names.push(copy);
  }
  await stores.close();
  return names;
}
