// Writes docs/commands.md from the definitions of the commands, as they are built; with --check, only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as prettier from 'prettier';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'commands.md');
const { commandReference } = createRequire(import.meta.url)('../dist/cli/commands/reference.js');
const options = await prettier.resolveConfig(file);
const text = await prettier.format(await commandReference(), { ...options, parser: 'markdown' });

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write('docs/commands.md is not current: run node scripts/generateCommandReference.mjs\n');
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
