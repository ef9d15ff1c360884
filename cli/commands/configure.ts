import { assignmentOverlays } from '../files/overlays';
import { command as define } from './command';
import { list, toggle } from './options';

export const command = define({
  path: 'configure',
  summary: 'Accepted, and keeps nothing: a host has one workspace, by whatever name.',
  details: [
    'It is there for scripts that were written for az. The resource group and the workspace that ids name are those of ' +
      '--resource-group and --workspace-name.',
  ],
  options: {
    defaults: list('-d, --defaults <key=value...>', 'Values such as group, workspace and location.'),
    listDefaults: toggle('-l, --list-defaults', 'List the resource group and the workspace that ids name.'),
  },
  examples: [
    ['Run the second line of a script', 'configure --defaults group=my-group workspace=my-workspace'],
    ['Get the resource group', `configure --list-defaults --query "[?name=='group'].value" -o tsv`],
  ],
  columns: [
    ['Name', 'name'],
    ['Value', 'value'],
  ],
  run: ({ defaults, listDefaults }, { resourceGroup, workspaceName }) => {
    assignmentOverlays('--defaults', 'defaults', defaults);
    if (!listDefaults) return Promise.resolve(undefined);
    return Promise.resolve([
      { name: 'group', value: resourceGroup },
      { name: 'workspace', value: workspaceName },
    ]);
  },
});
