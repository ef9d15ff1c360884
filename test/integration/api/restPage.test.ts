import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useApi } from '../../support/api';

const projectRoot = join(__dirname, '../../..');
const api = useApi();
const page = readFileSync(join(projectRoot, 'docs/rest.md'), 'utf8');

/** The commands of the page, for the host of this test. */
function commands(): string {
  const [, block = ''] = /```bash\n([\s\S]*?)```/.exec(page) ?? [];
  return block
    .replace('host=http://127.0.0.1:7071', `host=${api.host.url}`)
    .replaceAll('npx batchpoint', `"${process.execPath}" "${join(projectRoot, 'dist/cli/main.js')}"`);
}

test('the commands of docs/rest.md lead from nothing to predictions', () => {
  const folder = join(api.host.folder, 'page');
  mkdirSync(folder);
  const script = join(folder, 'rest.sh');
  writeFileSync(script, `set -eu\nstate=\n${commands()}`);
  const printed = execFileSync('bash', [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, BATCHPOINT_STATE: api.host.state },
  });
  expect(printed).toBe(Array.from({ length: 20 }, (_, i) => `${i + 10}.txt: 3 words\n`).join(''));
});
