// Makes docs/compatibility.md anew: runs all tests, which note what they use, and writes the page from their notes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-uses-'));
const uses = join(folder, 'uses.jsonl');
const run = (program, args, env = {}) =>
  spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

// Tests that fail leave notes too: what the page names has to pass in the next run.
const tests = run('npm', ['test'], { BATCHPOINT_TEST_USES: uses });
const page = run(process.execPath, [join(import.meta.dirname, 'generateCompatibility.mjs'), uses]);
rmSync(folder, { recursive: true });
process.exitCode = tests || page;
