import type { Compute } from '../../../shared/registry/computes';
import type { ComputeUse } from '../../../shared/places/places';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A compute as clients see it; `use` says who uses it now, where that was looked at. */
export function computeResource(
  name: string,
  compute: Compute,
  workspace: WorkspacePath,
  use?: ComputeUse,
): object {
  const { description, minInstances, maxInstances, vmSize } = compute;
  return {
    id: `${workspaceId(workspace)}/computes/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/computes',
    location: 'local',
    tags: compute.tags,
    properties: {
      computeType: 'AmlCompute',
      ...(description === undefined ? {} : { description }),
      provisioningState: 'Succeeded',
      properties: {
        ...(vmSize === undefined ? {} : { vmSize }),
        scaleSettings: { minNodeCount: minInstances, maxNodeCount: maxInstances },
      },
      ...(use && {
        use: {
          instances: use.admitted.reduce((sum, { instances }) => sum + instances, 0),
          jobs: use.admitted.length,
          jobsQueued: use.queued,
        },
      }),
    },
  };
}
