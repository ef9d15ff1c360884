// Writes the pages of docs/ that have their source in the code: docs/commands.md, docs/errors.md and docs/files.md, from
// the compiled modules in dist/. With --check it only compares, and fails where a page is not current.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as prettier from 'prettier';
import { errorReference } from './errorReference.mjs';

const root = join(import.meta.dirname, '..');
const load = createRequire(import.meta.url);
const { commandReference } = load('../dist/cli/commands/reference.js');
const { fileReference } = load('../dist/cli/files/reference.js');

const pages = {
  'docs/commands.md': commandReference,
  'docs/errors.md': errorReference,
  'docs/files.md': fileReference,
};

for (const [page, textOf] of Object.entries(pages)) {
  const file = join(root, page);
  const options = await prettier.resolveConfig(file);
  const text = await prettier.format(await textOf(), { ...options, parser: 'markdown' });
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${page} is not current: run node scripts/generateReferencePages.mjs\n`);
    process.exitCode = 1;
  }
}
