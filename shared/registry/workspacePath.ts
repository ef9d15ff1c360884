/** The part of every resource id that names the workspace. A host serves one workspace under whatever names. */
export interface WorkspacePath {
  readonly subscription: string;
  readonly group: string;
  readonly workspace: string;
}

/** The ARM id of the workspace: the start of the id of everything in it. */
export function workspaceId({ subscription, group, workspace }: WorkspacePath): string {
  return (
    `/subscriptions/${subscription}/resourceGroups/${group}` +
    `/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`
  );
}
