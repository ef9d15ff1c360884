import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../support/commandLine';

test('docs/commands.md is made from the commands as they are', () => {
  const script = join(packageRoot, 'scripts/generateReferencePages.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
