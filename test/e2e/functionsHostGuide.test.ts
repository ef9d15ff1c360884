import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost } from '../../bench/product/productHost';
import { startAzurite, type Azurite } from '../support/azurite';

const projectRoot = join(__dirname, '../..');

/** The commands of the guide that score a first job; those before it start the host, which is another one here. */
function commands(): string {
  const page = readFileSync(join(projectRoot, 'docs/functions-host.md'), 'utf8');
  const [, block] = /```bash\n([\s\S]*?)```/.exec(page) ?? [];
  if (block === undefined) throw new Error('The guide has no block of commands.');
  return block;
}

describe('the guide to the Functions host', () => {
  let azurite: Azurite;
  let host: ProductHost;

  beforeAll(async () => {
    azurite = await startAzurite();
    host = new ProductHost({ BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: azurite.connectionString });
    await host.start();
  });
  afterAll(async () => {
    await host.close();
    await azurite.stop();
  });

  test('scores its first job by the commands as they stand there', () => {
    const given = commands()
      .replace(/^export BATCHPOINT_HOST=.*$/m, `export BATCHPOINT_HOST=${host.url}`)
      .replace(/^export BATCHPOINT_STATE=.*$/m, `export BATCHPOINT_STATE=${host.state}`);
    const script = join(host.folder, 'guide.sh');
    writeFileSync(script, `set -eu\n${given}`);
    const printed = execFileSync('bash', [script], { cwd: projectRoot, encoding: 'utf8', stdio: 'pipe' });
    const rows = Array.from({ length: 20 }, (_, i) => `${i + 10}.txt: 3 words\n`).join('');
    expect(printed.endsWith(rows)).toBe(true);
  });
});
