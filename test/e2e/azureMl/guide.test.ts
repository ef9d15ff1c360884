import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../support/commandLine';
import { patience, useAzureMl } from '../../support/azureMl/azureMl';

const page = readFileSync(join(__dirname, '../../../docs/azure-ai-ml.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code);

describe('The page docs/azure-ai-ml.md', () => {
  const azureMl = useAzureMl();

  test(
    'has a credential and an example that run as they stand there',
    async () => {
      const { commandLine } = azureMl;
      commandLine.file('model/model.txt', 'a model');
      commandLine.file(
        'code/score.py',
        'import os\n\ndef init():\n    pass\n\ndef run(files):\n    return [f"{os.path.basename(file)} {os.path.getsize(file)}" for file in files]\n',
      );
      for (const name of ['a', 'b', 'c']) commandLine.file(`input/${name}.txt`, `${name} file`);
      const command = commandLine.file(
        'bin/batchpoint',
        `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
      );
      chmodSync(command, 0o755);
      const path = `${join(commandLine.folder, 'bin')}:${process.env['PATH'] ?? ''}`;

      const printed = await azureMl.python(['-c', blocks('python').join('\n')], { PATH: path });

      expect(printed).toContain('a.txt 6\nb.txt 6\nc.txt 6\n');
    },
    patience,
  );

  test(
    'has AzureCliCredential get its tokens from a program az that is batchpoint',
    async () => {
      const script = [
        'from azure.ai.ml import MLClient',
        'from azure.ai.ml.entities import BatchEndpoint',
        'from azure.identity import AzureCliCredential',
        'ml = MLClient(AzureCliCredential(), "s", "g", "w")',
        'ml.batch_endpoints.begin_create_or_update(BatchEndpoint(name="by-az")).result()',
        'print("jobs:", list(ml.batch_endpoints.list_jobs("by-az")))',
      ].join('\n');
      const path = `${azureMl.commandLine.installed('az')}:${process.env['PATH'] ?? ''}`;
      expect(await azureMl.python(['-c', script], { PATH: path })).toContain('jobs: []');
    },
    patience,
  );

  test('tells the variables as the command prints them, and how a shell takes them', async () => {
    const { commandLine } = azureMl;
    const variables = await commandLine.json<Record<string, string>>([
      'account',
      'client-environment',
      '-o',
      'json',
    ]);
    const { httpsUrl = '' } = commandLine.hostInfo() as { httpsUrl?: string };
    expect(variables).toEqual({
      AZUREML_CURRENT_CLOUD: 'Batchpoint',
      ARM_CLOUD_METADATA_URL: `${httpsUrl}/metadata/endpoints`,
      AZUREML_DEV_URL_MFE: httpsUrl,
      REQUESTS_CA_BUNDLE: join(commandLine.state, 'tls', 'trusted.pem'),
    });
    for (const name of Object.keys(variables)) expect(page).toContain(`| \`${name}\``);
    const { stdout } = await commandLine.run(['account', 'client-environment', '--shell', 'sh']);
    expect(stdout).toContain(`export AZUREML_DEV_URL_MFE='${httpsUrl}'\n`);
  });

  test.each([
    ['list(ml.components.list())', 'RouteNotFound'],
    ['ml.workspaces.begin_create(Workspace(name="other", location="local")).result()', 'MethodNotAllowed'],
  ])('says what %s ends with: %s', async (call, code) => {
    const script = [
      'from azure.ai.ml.entities import Workspace',
      'from calls import client',
      'ml = client()',
      `try:\n    ${call}\nexcept Exception as error:\n    print(error)`,
    ].join('\n');
    const support = join(__dirname, '../../support/azureMl');
    const command = JSON.stringify([process.execPath, program]);
    const printed = await azureMl.python(['-c', script, command], { PYTHONPATH: support });
    expect(printed).toContain(code);
    expect(page).toContain(`\`${code}\``);
  });
});
