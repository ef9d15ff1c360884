import type { Endpoint } from '../../../shared/registry/endpoints';
import type { Stored } from '../../../shared/registry/namedResources';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** An endpoint as clients see it. */
export function endpointResource(
  { name, value: endpoint, deleting }: Stored<Endpoint>,
  workspace: WorkspacePath,
  base: string,
): object {
  const id = `${workspaceId(workspace)}/batchEndpoints/${name}`;
  return {
    id,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints',
    location: 'local',
    tags: endpoint.tags,
    systemData: { createdAt: endpoint.createdAt },
    properties: {
      ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
      properties: endpoint.properties,
      authMode: endpoint.authMode,
      defaults:
        endpoint.defaultDeployment === undefined ? {} : { deploymentName: endpoint.defaultDeployment },
      scoringUri: `${base}${id}/jobs`,
      swaggerUri: `${base}/openapi.json`,
      provisioningState: deleting === undefined ? 'Succeeded' : 'Deleting',
    },
  };
}
