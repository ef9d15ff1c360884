import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../support/commandLine';

const check = (script: string): unknown =>
  execFileSync(process.execPath, [join(packageRoot, 'scripts', script), '--check'], { stdio: 'pipe' });

test('the pages of docs with a source in the code are current', () => {
  expect(() => check('generateReferencePages.mjs')).not.toThrow();
});

test('the page of what is compatible has a row for everything that there is, and a test in each', () => {
  expect(() => check('generateCompatibility.mjs')).not.toThrow();
});
