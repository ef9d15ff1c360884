import { isEnded } from '../../shared/domain/jobState';
import { failure } from '../../shared/errors/batchpointError';
import type { Job } from '../../shared/jobs/jobStore';
import type { PinnedAsset } from '../../shared/registry/deployments';
import { assetKinds, type AssetKind } from '../../shared/registry/references';
import type { Services } from '../services';

/** Whatever names the versions that it scores with: a deployment, or a job. */
interface User {
  readonly model: PinnedAsset;
  readonly code?: PinnedAsset;
  readonly environment?: PinnedAsset;
}

/** Fails with `AssetInUse` where a deployment, or a job that is not at its end, uses a version of an asset. */
export async function refuseUsedAsset(
  services: Services,
  kind: AssetKind,
  { name, version }: PinnedAsset,
): Promise<void> {
  const refuse = (user: string): never => {
    throw failure('AssetInUse', { kind: assetKinds[kind], name, version, user });
  };
  const { registry } = services;
  for (const endpoint of await registry.endpoints.list()) {
    for (const deployment of await registry.deployments(endpoint.name).list()) {
      if (uses(deployment.value, kind, { name, version }))
        refuse(`deployment '${deployment.name}' of endpoint '${endpoint.name}'`);
    }
  }
  for await (const { spec } of runningJobs(services)) {
    if (uses(spec, kind, { name, version })) refuse(`job '${spec.name}', which is not at its end`);
  }
}

/** The jobs that are not at their end. */
export async function* runningJobs({ index, jobs }: Services): AsyncGenerator<Job> {
  for await (const { name } of index.active()) {
    // A job is taken out of the active ones a moment after its end.
    const job = await jobs.find(name);
    if (job !== undefined && !isEnded(job.run.state)) yield job;
  }
}

function uses(user: User, kind: AssetKind, { name, version }: PinnedAsset): boolean {
  const used = { models: user.model, codes: user.code, environments: user.environment, data: undefined }[
    kind
  ];
  return (
    used?.name.toLowerCase() === name.toLowerCase() && used.version.toLowerCase() === version.toLowerCase()
  );
}
