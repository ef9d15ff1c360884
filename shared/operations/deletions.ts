import { isFailure } from '../errors/batchpointError';
import type { NamedResources, Stored, WriteCondition } from '../registry/namedResources';
import type { Registry } from '../registry/registry';
import type { Places, Wake } from '../places/places';
import { findRow } from '../stores/findRow';
import type { TableStore } from '../stores/tableStore';
import type { LongOperation, LongOperations } from './longOperations';
import { nameOf, type DeletedResource, type OpenJobs } from './openJobs';

/** The wish to delete something: what has to hold, and whether its jobs are cancelled. */
interface DeletionRequest extends DeletedResource {
  readonly condition: WriteCondition;
  readonly cancelsJobs: boolean;
  readonly caller: string;
  /** Told of orchestrations of those jobs, and of others, that need not wait for a place any longer. */
  readonly wake?: Wake;
}

/** A deletion that is under way. */
interface Deletion extends DeletedResource {
  readonly cancelsJobs: boolean;
  readonly caller: string;
  readonly since: string;
}

interface DeletionContext {
  readonly registry: Registry;
  readonly openJobs: OpenJobs;
  readonly places: Pick<Places, 'leave'>;
  readonly operations: LongOperations;
  readonly tables: TableStore;
  readonly now: () => Date;
}

type Deletable = NamedResources<{ readonly createdAt: string }>;

const partition = 'deletions';

/** A deletion that has marked nothing after so many milliseconds never will: whoever began it died. */
const forgetAfter = 15 * 60_000;

/**
 * Deletes endpoints and deployments, once the jobs of them have ended. A deletion is recorded before its resource is
 * marked, and the resource is marked before its jobs are looked for: a job that is made meanwhile looks for the mark
 * after it has made itself known, so that one of the two sees the other. Where a host dies, the next look goes on.
 */
export class Deletions {
  /** Per operation, the last step that was begun here: steps of one operation come one after the other. */
  private readonly steps = new Map<string, Promise<LongOperation | undefined>>();

  constructor(private readonly context: DeletionContext) {}

  /**
   * Begins to delete, and goes as far as it can. Answers the operation, or nothing where there is nothing to delete. Who
   * meets another write or deletion begins anew. Fails with `EndpointInUse` or `DeploymentInUse` where jobs run that are not to be cancelled, and with
   * `ResourceChanged`.
   */
  async begin(request: DeletionRequest): Promise<LongOperation | undefined> {
    const { operations, openJobs } = this.context;
    const { condition, cancelsJobs, caller, wake } = request;
    const resources = this.resources(request);
    const present = await resources.find(nameOf(request));
    if (present === undefined) return undefined;
    resources.check(present.name, present, condition);
    const target =
      request.deployment === undefined
        ? { endpoint: present.name }
        : { endpoint: request.endpoint, deployment: present.name };
    if (!cancelsJobs) await openJobs.refuse(target);
    const deletion = { ...target, cancelsJobs, caller, since: this.context.now().toISOString() };
    if (present.deleting !== undefined) return this.join(present.deleting, deletion, wake);
    const { id } = await operations.add(pathOf(target));
    await this.write(id, deletion);
    try {
      await resources.markDeleting(present, id);
    } catch (error) {
      if (!isFailure(error, 'ResourceChanged')) throw error;
      await this.end(id, 'Canceled');
      return this.begin(request);
    }
    return this.advance(id, wake);
  }

  /** Takes every deletion as far as it goes now; `endpoint` narrows it to those of one. Fails when all have had a try. */
  async advanceAll(endpoint?: string): Promise<void> {
    const errors: unknown[] = [];
    for await (const { row, value } of this.context.tables.query<Deletion>(partition)) {
      if (endpoint !== undefined && endpoint !== value.endpoint) continue;
      await this.advance(row).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Takes a deletion as far as it goes now, and answers its operation. Any other operation is answered as it is. */
  advance(id: string, wake?: Wake): Promise<LongOperation | undefined> {
    const before = this.steps.get(id) ?? Promise.resolve();
    const step = before.catch(() => undefined).then(() => this.step(id, wake));
    this.steps.set(id, step);
    return step.finally(() => {
      if (this.steps.get(id) === step) this.steps.delete(id);
    });
  }

  /** A second request for what is being deleted: it may say that jobs are to be cancelled after all. */
  private async join(
    id: string,
    { cancelsJobs, ...rest }: Deletion,
    wake?: Wake,
  ): Promise<LongOperation | undefined> {
    const { value: before } = (await this.row(id)) ?? {};
    await this.write(id, { ...rest, ...before, cancelsJobs: cancelsJobs || before?.cancelsJobs === true });
    return this.advance(id, wake);
  }

  private async step(id: string, wake?: Wake): Promise<LongOperation | undefined> {
    const { operations, openJobs, places, now } = this.context;
    const deletion = (await this.row(id))?.value;
    if (deletion === undefined) return operations.find(id);
    const present = await this.resources(deletion).find(nameOf(deletion));
    if (present?.deleting === id) {
      const open = await openJobs.of(deletion);
      const cancelled = deletion.cancelsJobs ? await openJobs.cancel(open, deletion.caller) : [];
      // Those that wait for a place hear of it at once where somebody can tell them, and after their time otherwise.
      if (wake !== undefined) for (const spec of cancelled) await wake(await places.leave(spec));
      if (open.length > 0) return operations.find(id);
      await this.remove(deletion, present);
      return this.end(id, 'Succeeded');
    }
    // One that was made since is another: ours is gone.
    if (present === undefined || present.value.createdAt > deletion.since) return this.end(id, 'Succeeded');
    const isNew = now().getTime() - Date.parse(deletion.since) < forgetAfter;
    return isNew ? operations.find(id) : this.end(id, 'Canceled');
  }

  private async remove(
    { endpoint, deployment }: Deletion,
    { name, etag }: Stored<{ readonly createdAt: string }>,
  ): Promise<void> {
    const deployments = this.context.registry.deployments(endpoint);
    if (deployment === undefined) {
      for (const one of await deployments.list()) await deployments.remove(one.name);
    }
    try {
      await this.resources({ endpoint, ...(deployment === undefined ? {} : { deployment }) }).remove(name, {
        etags: [etag],
      });
    } catch (error) {
      // A marked resource is not written: another host has removed it.
      if (!isFailure(error, 'ResourceChanged')) throw error;
    }
  }

  private async end(id: string, status: 'Succeeded' | 'Canceled'): Promise<LongOperation | undefined> {
    const { operations, tables } = this.context;
    await operations.end(id, status);
    const row = await this.row(id);
    try {
      if (row !== undefined) await tables.commit(partition, [{ kind: 'remove', row: id, etag: row.etag }]);
    } catch (error) {
      // Another host was there first.
      if (!isFailure(error, 'RowConflict')) throw error;
    }
    return operations.find(id);
  }

  private resources({ endpoint, deployment }: DeletedResource): Deletable {
    const { registry } = this.context;
    return deployment === undefined ? registry.endpoints : registry.deployments(endpoint);
  }

  private async row(id: string): Promise<{ etag: string; value: Deletion } | undefined> {
    return findRow<Deletion>(this.context.tables, partition, id);
  }

  private async write(id: string, deletion: Deletion): Promise<void> {
    await this.context.tables.commit(partition, [{ kind: 'put', row: id, value: deletion }]);
  }
}

function pathOf({ endpoint, deployment }: DeletedResource): string {
  return `batchEndpoints/${endpoint}${deployment === undefined ? '' : `/deployments/${deployment}`}`;
}
