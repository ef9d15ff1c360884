import { isFailure } from '../errors/batchpointError';
import { findDeployment } from '../invocation/invoke';
import type { Stored } from '../registry/namedResources';
import type { Registry } from '../registry/registry';
import type { TableStore } from '../stores/tableStore';
import { openRows, settledRows, type Arrival } from './arrival';
import { degradationOf } from './degradation';
import { totalsOf } from './settling';
import type { Trigger } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';
import type { TriggerStatus } from './triggerStatus';
import type { WatchedStores } from './watchedStores';

/** What the status of a trigger is told from. */
export interface StatusContext {
  readonly tables: TableStore;
  readonly registry: Registry;
  readonly stores: WatchedStores;
  readonly now: () => Date;
}

/**
 * What a trigger does now. It is degraded where it could make no job when it tried last, and also where it could make none
 * now, as what it works with is not there.
 */
export async function statusOf(context: StatusContext, trigger: Stored<Trigger>): Promise<TriggerStatus> {
  const { tables } = context;
  const key = triggerKey(trigger);
  const [totals, waiting, settled, state] = await Promise.all([
    totalsOf(tables, key),
    waitingOf(tables, key),
    lastSettled(tables, key),
    stateOf(context, trigger, key),
  ]);
  const landed = [waiting.landedAt, settled].filter((time) => time !== undefined).sort();
  const lastLandedAt = landed.at(-1);
  return {
    ...state,
    filesWaiting: waiting.count,
    filesTaken: totals.taken,
    ...(totals.lastJob === undefined ? {} : { lastJob: totals.lastJob }),
    ...(lastLandedAt === undefined ? {} : { lastLandedAt }),
  };
}

type State = Pick<TriggerStatus, 'state' | 'reason' | 'since'>;

async function stateOf(context: StatusContext, trigger: Stored<Trigger>, key: string): Promise<State> {
  const { paused, switchedAt } = trigger.value;
  if (paused) return { state: 'Paused', since: switchedAt };
  const [degradation, missing] = await Promise.all([
    degradationOf(context.tables, key),
    whatIsMissing(context, trigger.value),
  ]);
  // One that was tried before it was changed last says nothing of what it is now.
  const tried = degradation?.etag === trigger.etag ? degradation : undefined;
  const reason = missing ?? tried?.reason;
  if (reason === undefined) return { state: 'Active', since: switchedAt };
  return { state: 'Degraded', reason, since: tried?.since ?? context.now().toISOString() };
}

/** What a trigger needs and is not there. */
async function whatIsMissing(
  { registry, stores }: StatusContext,
  { watch, endpoint, deployment }: Trigger,
): Promise<TriggerStatus['reason']> {
  try {
    await findDeployment(registry, endpoint, deployment);
    if (watch.type === 'files') await stores.of(watch.datastore);
    else await registry.endpoints.get(watch.endpoint);
    return undefined;
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    const { code, message } = error.toBody();
    return { code, message };
  }
}

async function waitingOf(
  tables: TableStore,
  key: string,
): Promise<{ readonly count: number; readonly landedAt?: string }> {
  let count = 0;
  let last: string | undefined;
  for await (const { value } of tables.query<Arrival>(triggerPartition(key), openRows)) {
    count++;
    if (last === undefined || value.landedAt > last) last = value.landedAt;
  }
  return { count, ...(last === undefined ? {} : { landedAt: last }) };
}

async function lastSettled(tables: TableStore, key: string): Promise<string | undefined> {
  const range = { ...settledRows, limit: 1 };
  for await (const { value } of tables.query<Arrival>(triggerPartition(key), range)) return value.landedAt;
  return undefined;
}
