import { isEnded } from '../domain/jobState';
import type { JobIndex } from '../jobs/jobIndex';
import type { Job, JobStore } from '../jobs/jobStore';
import type { PinnedAsset } from '../registry/deployments';
import type { AssetKind } from '../registry/references';
import type { Registry } from '../registry/registry';

/** Where users of versions are looked for. */
export interface AssetUsersContext {
  readonly registry: Registry;
  readonly index: JobIndex;
  readonly jobs: JobStore;
}

/** Whatever names the versions that it scores with: a deployment, or a job. */
export interface AssetUser {
  readonly model: PinnedAsset;
  readonly code?: PinnedAsset;
  readonly environment?: PinnedAsset;
}

/** A deployment, or a job that is not at its end, that uses a version of an asset, for people; `undefined` for none. */
export async function userOfAsset(
  context: AssetUsersContext,
  kind: AssetKind,
  asset: PinnedAsset,
): Promise<string | undefined> {
  const { registry } = context;
  for (const endpoint of await registry.endpoints.list()) {
    for (const deployment of await registry.deployments(endpoint.name).list()) {
      if (uses(deployment.value, kind, asset))
        return `deployment '${deployment.name}' of endpoint '${endpoint.name}'`;
    }
  }
  for await (const { spec } of runningJobs(context)) {
    if (uses(spec, kind, asset)) return `job '${spec.name}', which is not at its end`;
  }
  return undefined;
}

/** The jobs that are not at their end. */
export async function* runningJobs({
  index,
  jobs,
}: Pick<AssetUsersContext, 'index' | 'jobs'>): AsyncGenerator<Job> {
  for await (const { name } of index.active()) {
    // A job is taken out of the active ones a moment after its end.
    const job = await jobs.find(name);
    if (job !== undefined && !isEnded(job.run.state)) yield job;
  }
}

/** Whether something scores with a version. */
export function uses(user: AssetUser, kind: AssetKind, { name, version }: PinnedAsset): boolean {
  const used = { models: user.model, codes: user.code, environments: user.environment, data: undefined }[
    kind
  ];
  return (
    used?.name.toLowerCase() === name.toLowerCase() && used.version.toLowerCase() === version.toLowerCase()
  );
}
