import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../support/commandLine';

test('the pages of docs with a source in the code are current', () => {
  const script = join(packageRoot, 'scripts/generateReferencePages.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
