import { isEnded } from '../domain/jobState';
import { isFailure } from '../errors/batchpointError';
import type { JobIndex } from '../jobs/jobIndex';
import { instanceId, jobPartition, jobPrefix } from '../jobs/jobKeys';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import { runRow, specRow, type Job, type JobStore } from '../jobs/jobStore';
import type { InstanceState } from '../jobs/recoverJobs';
import type { Destinations } from '../outputs/destinations';
import type { BlobStore } from '../stores/blobStore';
import { removeRow, removeRows } from '../stores/removeRow';
import type { TableStore } from '../stores/tableStore';

/** What removals of jobs work with. */
export interface JobRemovalContext {
  readonly tables: TableStore;
  readonly blobs: BlobStore;
  readonly jobs: JobStore;
  readonly index: JobIndex;
  readonly destinations: Destinations;
  readonly now: () => Date;
  /** What the orchestration of a job is doing. */
  readonly state: (instance: string) => Promise<InstanceState>;
}

/** A removal that is under way. */
interface Removal {
  /** Identifies the mark of this removal on the job. */
  readonly since: string;
}

const partition = 'job-removals';

/** Who was about to use a job and has made no job of that after so many milliseconds never will. */
const forgetAfter = 15 * 60_000;

/** Whether a collection removes a job: it ended before a time, and what would keep it, if anything, goes as well. */
export async function isCollected(context: JobRemovalContext, job: Job, before: Date): Promise<boolean> {
  const { ended } = job.run.times;
  if (ended === undefined || new Date(ended) > before) return false;
  return isRemovable(context, job, (user) => isCollected(context, user, before));
}

/** Whether nothing keeps a job that has ended from being removed: nobody is at it, and no job goes on from it that stays. */
async function isRemovable(
  context: JobRemovalContext,
  { spec, run }: Job,
  goes?: (user: Job) => Promise<boolean>,
): Promise<boolean> {
  // One that has ended stays among the active ones as long as something of it may have to be taken back.
  if (!isEnded(run.state) || (await context.index.isActive(spec.key))) return false;
  if (await isUsed(context, spec.key, goes)) return false;
  return (await context.state(instanceId(spec.key))) !== 'running';
}

/**
 * Removes a job that has ended: what it has staged, its logs, its manifest, its record. Its output stays. The removal is
 * recorded, then the job is marked, and then it is looked for jobs that go on from it: whoever invokes one of these
 * notes that first and looks for the mark then. Where a process dies, `finishRemovals` goes on. Says whether it is gone.
 */
export async function removeJob(context: JobRemovalContext, job: Job): Promise<boolean> {
  if (!(await isRemovable(context, job))) return false;
  const { key } = job.spec;
  const since = context.now().toISOString();
  await write(context, key, { since });
  await context.jobs.change(key, (run) =>
    isEnded(run.state) && run.removing === undefined ? { ...run, removing: since } : undefined,
  );
  return step(context, key, { since });
}

/** Goes on with the removals that nobody has finished. One that fails keeps no other waiting; it is told at the end. */
export async function finishRemovals(context: JobRemovalContext): Promise<void> {
  const errors: unknown[] = [];
  for await (const { row, value } of context.tables.query<Removal>(partition))
    await step(context, row, value).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

async function step(context: JobRemovalContext, key: string, { since }: Removal): Promise<boolean> {
  const { tables } = context;
  const [spec, run] = await Promise.all([
    tables.get<JobSpec>(jobPartition(key), specRow),
    tables.get<JobRun>(jobPartition(key), runRow),
  ]);
  const removing = run?.value.removing;
  if (spec === undefined || removing === undefined) {
    // It is gone already, or its removal ended before the mark; a job of that name may have been made since.
    await removeRow(tables, partition, key);
    return spec === undefined;
  }
  if (removing !== since) {
    // Another removal has marked it: where that one has died, the next look goes on with it.
    await write(context, key, { since: removing });
    return false;
  }
  if (await isStaying(context, key, since)) {
    await removeRow(tables, partition, key);
    return false;
  }
  await takeDown(context, spec.value);
  await removeRow(tables, partition, key);
  return true;
}

/**
 * Decides whether a marked job stays, as somebody uses it, and takes the mark back then. The record of the job has the
 * decision: of two that are at the same removal, one takes it for both, and nothing holds it up from then on.
 */
async function isStaying(context: JobRemovalContext, key: string, since: string): Promise<boolean> {
  const used = await isUsed(context, key);
  try {
    const run = await context.jobs.change(key, ({ removing, ...run }) => {
      if (removing !== since || run.isGoing === true) return undefined;
      return used ? run : { ...run, removing, isGoing: true };
    });
    return run.isGoing !== true;
  } catch (error) {
    // The other one is through with it.
    if (!isFailure(error, 'JobRecordMissing')) throw error;
    return false;
  }
}

/** Removes all that there is of a job, its record last. Done again at any point, it goes on. */
async function takeDown(
  { tables, blobs, index, destinations }: JobRemovalContext,
  spec: JobSpec,
): Promise<void> {
  const rows = jobPartition(spec.key);
  const isRecord = (row: string): boolean => row === specRow || row === runRow;
  await blobs.removeAll(jobPrefix(spec.key));
  await removeRows(tables, rows, (row) => !isRecord(row));
  await destinations.release(spec.output, spec.name).catch((error: unknown) => {
    // Its datastore was deleted since, or may not be used any more: then nothing can be reserved there either.
    if (!isFailure(error) || error.retryable) throw error;
  });
  await index.remove(spec);
  await removeRows(tables, rows, isRecord);
}

/** Whether a job does this one again, or somebody is just about to make one. */
async function isUsed(
  { jobs, index, now }: JobRemovalContext,
  key: string,
  goes: (user: Job) => Promise<boolean> = () => Promise.resolve(false),
): Promise<boolean> {
  for await (const { name, since } of index.usersOf(key)) {
    const user = await jobs.find(name);
    if (user === undefined && now().getTime() - Date.parse(since) < forgetAfter) return true;
    if (user !== undefined && needs(user, key) && !(await goes(user))) return true;
  }
  return false;
}

/** Whether a job needs what another one has left: to go on from it always, to do what failed there until its own end. */
function needs({ spec: { rerun, input }, run }: Job, key: string): boolean {
  if (rerun?.key !== key) return false;
  // The list of its files lies with the job that had it first.
  if (input.kind === 'list') return true;
  return rerun.mode === 'resume' || (rerun.mode === 'failedOnly' && !isEnded(run.state));
}

async function write({ tables }: JobRemovalContext, key: string, value: Removal): Promise<void> {
  await tables.commit(partition, [{ kind: 'put', row: key, value }]);
}
