import { workspaceId, type WorkspacePath } from '../../shared/registry/workspacePath';
import { listAnswer, resourceAnswer } from './answers';
import type { Operation } from './operation';
import { accountOf } from './resources/storageAccount';
import { route, type Call } from './route';

const reading = {
  audience: 'management',
  role: 'Endpoints.Read',
  methods: ['GET'],
} satisfies Partial<Operation>;

const getWorkspace: Operation = {
  ...reading,
  path: '',
  summary: 'Shows the workspace: where its services and its storage are.',
  answers: { 200: 'Workspace' },
};
route('getWorkspace', getWorkspace, (call) =>
  Promise.resolve(resourceAnswer(workspaceResource(call, call.workspace), undefined)),
);

const listWorkspaces: Operation = {
  ...reading,
  below: 'workspaces',
  path: '',
  summary: 'Lists the one workspace that a host has.',
  answers: { 200: 'WorkspaceList' },
};
route('listWorkspaces', listWorkspaces, (call) => {
  const workspace = { ...call.workspace, workspace: 'batchpoint' };
  return Promise.resolve(listAnswer(call.request, [workspaceResource(call, workspace)]));
});

function workspaceResource({ base, services }: Call, workspace: WorkspacePath): object {
  const { settings, storage } = services;
  const id = workspaceId(workspace);
  const group = id.replace(/\/providers\/.*$/, '');
  return {
    id,
    name: workspace.workspace,
    type: 'Microsoft.MachineLearningServices/workspaces',
    location: 'local',
    kind: 'Default',
    tags: {},
    properties: {
      friendlyName: workspace.workspace,
      discoveryUrl: `${base}/discovery`,
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
      readsLocalFiles: settings.localFiles,
      ...(storage === undefined
        ? {}
        : {
            storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/${accountOf(storage.url).accountName}`,
          }),
    },
  };
}
