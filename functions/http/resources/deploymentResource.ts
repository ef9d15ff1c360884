import { notificationsShown } from '../../../shared/notifications/shownNotifications';
import type { Deployment } from '../../../shared/registry/deployments';
import type { Stored } from '../../../shared/registry/namedResources';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A deployment as clients see it: references as full ids. */
export function deploymentResource(
  endpoint: string,
  { name, value: deployment, deleting }: Stored<Deployment>,
  workspace: WorkspacePath,
): object {
  const root = workspaceId(workspace);
  const { code, environment, model, settings, description } = deployment;
  const { instanceCount, ...rest } = settings;
  return {
    id: `${root}/batchEndpoints/${endpoint}/deployments/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments',
    location: 'local',
    tags: deployment.tags,
    systemData: { createdAt: deployment.createdAt },
    properties: {
      ...(description === undefined ? {} : { description }),
      properties: deployment.properties,
      model: { referenceType: 'Id', assetId: `${root}/models/${model.name}/versions/${model.version}` },
      ...(code === undefined
        ? {}
        : {
            codeConfiguration: {
              codeId: `${root}/codes/${code.name}/versions/${code.version}`,
              scoringScript: code.scoringScript,
            },
          }),
      ...(environment === undefined
        ? {}
        : { environmentId: `${root}/environments/${environment.name}/versions/${environment.version}` }),
      environmentVariables: deployment.environmentVariables,
      compute: `${root}/computes/${deployment.compute}`,
      resources: { instanceCount },
      ...rest,
      ...notificationsShown(deployment.notifications),
      provisioningState: deleting === undefined ? 'Succeeded' : 'Deleting',
    },
  };
}
