import type { Compute } from '../../../shared/registry/computes';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A compute as clients see it. */
export function computeResource(name: string, compute: Compute, workspace: WorkspacePath): object {
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
    },
  };
}
