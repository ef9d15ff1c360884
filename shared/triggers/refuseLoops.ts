import { failure, isFailure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import type { Trigger } from './trigger';
import { watchesOf, writesOf, type FootprintContext, type Watches, type Writes } from './footprints';

/** A trigger with what it watches; where that cannot be told, nothing leads to it. */
interface Node {
  readonly trigger: Stored<Trigger>;
  readonly watches: Watches | undefined;
}

/**
 * Refuses a trigger that would start itself: with `TriggerWatchesOwnOutput` where its jobs write what it watches, and with
 * `TriggerCycle` where they start other triggers that lead back to it. What slips through, as its path is known only once a job
 * is made, is left alone when it lands.
 */
export async function refuseLoops(
  context: FootprintContext,
  trigger: Pick<Stored<Trigger>, 'name' | 'value'>,
): Promise<void> {
  const own = { ...trigger, etag: '' };
  const name = own.name.toLowerCase();
  const others = (await context.registry.triggers.list()).filter((each) => each.name.toLowerCase() !== name);
  const nodes: Node[] = [];
  for (const each of [own, ...others])
    nodes.push({ trigger: each, watches: await unlessMissing(() => watchesOf(context, each)) });
  const [root] = nodes;
  if (root === undefined) return;
  const ways = new Map<Node, readonly string[]>([[root, []]]);
  for (const [node, way] of ways) {
    for (const next of nodes) {
      const reaches = await leads(context, node, next);
      if (next === root && reaches) throw loop(own, way);
      if (reaches && !ways.has(next)) ways.set(next, [...way, next.trigger.name]);
    }
  }
}

function loop({ name, value }: Pick<Stored<Trigger>, 'name' | 'value'>, way: readonly string[]): Error {
  const { watch, output } = value;
  if (way.length > 0 || watch.type === 'outputs')
    return failure('TriggerCycle', { way: [name, ...way, name].map((each) => `'${each}'`).join(' -> ') });
  const watched = `azureml://datastores/${watch.datastore}/paths/${watch.path}`;
  return failure('TriggerWatchesOwnOutput', { output: output ?? 'the default place of outputs', watched });
}

/** Whether what the jobs of one trigger write starts another. */
async function leads(context: FootprintContext, from: Node, { trigger, watches }: Node): Promise<boolean> {
  if (watches === undefined) return false;
  const { watch, batching } = trigger.value;
  const patterns = watch.type === 'files' ? (watch.include ?? []) : [];
  const wanted = batching.type === 'marker' ? [batching.name] : patterns;
  const writes = await unlessMissing(() => writesOf(context, from.trigger, wanted));
  return writes !== undefined && (isJobOf(writes, watches) || isBelow(writes, watches));
}

function isJobOf(writes: Writes, { endpoint, deployment }: Watches): boolean {
  const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  if (endpoint === undefined || !isSame(endpoint, writes.endpoint)) return false;
  // Jobs of the default deployment may be of any: the default changes.
  return deployment === undefined || writes.deployment === undefined || isSame(deployment, writes.deployment);
}

function isBelow({ start: written, samples }: Writes, { start, wants }: Watches): boolean {
  if (start === undefined || !written.startsWith(start)) return false;
  return samples.some((sample) => sample.startsWith(start) && wants(sample.slice(start.length)));
}

/** What can be told; nothing where something that it is told from is not there. */
async function unlessMissing<T>(tell: () => Promise<T>): Promise<T | undefined> {
  try {
    return await tell();
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    return undefined;
  }
}
