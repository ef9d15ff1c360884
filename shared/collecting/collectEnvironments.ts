import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFailure } from '../errors/batchpointError';
import type { Registry } from '../registry/registry';
import { wantedEnvironment, type ScoredBy } from '../scoring/scorer';
import type { VirtualEnvironments, WantedEnvironment } from '../scoring/virtualEnvironments';
import type { WorkerPool } from '../scoring/workerPool';
import type { CollectionStep, Collector } from './collection';

/** What environments are looked through with. */
export interface EnvironmentsContext {
  readonly registry: Registry;
  readonly environments: VirtualEnvironments;
  readonly pool: Pick<WorkerPool, 'runsIn'>;
}

/**
 * Removes environments of this machine that nobody has used for the time, and that no deployment, model or environment
 * asks for, as long as it is not archived. One that a process uses stays, whatever its age.
 */
export function collectEnvironments({ registry, environments, pool }: EnvironmentsContext): Collector {
  return async function* ({ dryRun, before }): AsyncGenerator<CollectionStep> {
    const unused = await environments.unused(before);
    const wanted = unused.length === 0 ? new Set<string>() : await wantedKeys(registry, environments);
    for (const environment of unused) {
      const { key, folder } = environment;
      const isBusy = (): boolean => pool.runsIn(folder);
      if (wanted.has(key) || isBusy()) continue;
      const bytes = await bytesOfFolder(folder);
      if (!dryRun && !(await environments.remove(environment, before, isBusy))) continue;
      yield { item: { kind: 'environments', name: `environment ${key}`, bytes } };
    }
  };
}

/** The keys of all environments that somebody may ask for. */
async function wantedKeys(
  registry: Registry,
  environments: VirtualEnvironments,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const wanted of await definitions(registry)) {
    for (const anyPython of [false, true]) {
      try {
        const plan = await environments.plan(anyPython ? { ...wanted, anyPython } : wanted);
        if (plan.kind !== 'plain') keys.add(plan.key);
      } catch (error) {
        // It cannot be made on this machine, so it is not there.
        if (!isFailure(error)) throw error;
      }
    }
  }
  return keys;
}

/** All that environments are made from: what deployments ask for, and what assets would if they were deployed. */
async function definitions(registry: Registry): Promise<WantedEnvironment[]> {
  const found: WantedEnvironment[] = [];
  const add = (scored: ScoredBy): void => {
    const wanted = wantedEnvironment(scored, {});
    if (wanted !== undefined) found.push(wanted);
  };
  const isShown = (isArchived: boolean): boolean => !isArchived;
  const { models, environments } = registry;
  for (const { name } of await models.versions.containers.list())
    for (const { value } of await models.versions.listVersions(name, isShown))
      if (value.mlflow?.requirements !== undefined) found.push(value.mlflow.requirements);
  for (const { name } of await environments.versions.containers.list())
    for (const { value } of await environments.versions.listVersions(name, isShown))
      if (value.requirements !== undefined) found.push(value.requirements);
  for (const endpoint of await registry.endpoints.list()) {
    for (const { value } of await registry.deployments(endpoint.name).list()) {
      const { model, code, environment } = value;
      const facts = (await models.versions.find(model.name, model.version))?.value;
      if (facts === undefined) continue;
      const defined =
        environment && (await environments.versions.find(environment.name, environment.version))?.value;
      add({ facts, script: code?.scoringScript, environment: defined });
    }
  }
  return found;
}

/** Bytes of the files of a folder; links are not followed. */
export async function bytesOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile())
      bytes += (await lstat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  return bytes;
}
