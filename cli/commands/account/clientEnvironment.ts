import { command as define } from '../command';
import { choice } from '../options';

export const command = define({
  path: 'account client-environment',
  summary: 'Tell the environment variables with which the Python package azure-ai-ml uses this host.',
  details: [
    'They name the host as a cloud of its own, and a file with its certificate beside those that everybody trusts. The ' +
      "package asks for HTTPS: the host has to run by 'batchpoint up --https-port 7443'.",
    'Without --shell they are printed as a mapping. The page docs/azure-ai-ml.md says how to go on.',
  ],
  options: {
    shell: choice('--shell <name>', 'Print lines for this shell instead: sh, fish or powershell.', [
      'sh',
      'fish',
      'powershell',
    ]),
  },
  examples: [
    ['See them', 'account client-environment'],
    ['Set them in a shell, behind eval', 'account client-environment --shell sh'],
  ],
  run: async ({ shell }, context) => {
    const [{ clientEnvironment }, { shellLines }] = await Promise.all([
      import('../../host/clientEnvironment.js'),
      import('../../output/shellLines.js'),
    ]);
    const variables = await clientEnvironment(context);
    if (shell === undefined) return variables;
    context.terminal.print(shellLines(variables, shell));
    return undefined;
  },
});
