// Writes docs/compatibility.md from the notes that a whole run of the tests has written: see `npm run compatibility`.
// Says what no test has used, and fails then, with the page written all the same. With --check instead of the notes it
// only looks whether the page has a row for everything that there is, and a test in each.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { filesOf } from './compatibility/files.mjs';
import { notSupported } from './compatibility/notSupported.mjs';
import { compatibilityPage, faultsOf, unproven } from './compatibility/page.mjs';
import { commandsOf, globalOptionsOf, operationsOf } from './compatibility/subjects.mjs';
import { callRows, commandRows, globalRows, keyRows, operationRows } from './compatibility/tables.mjs';
import { readUses } from './compatibility/uses.mjs';

const [, , notes = ''] = process.argv;
const isCheck = notes === '--check';
const uses = isCheck ? [] : readUses(notes);
const tables = {
  commands: commandRows(await commandsOf(), uses),
  globals: globalRows(globalOptionsOf(), uses),
  operations: operationRows(operationsOf(), uses),
  files: filesOf().map((file) => ({ title: file.title, rows: keyRows(file, uses) })),
  calls: callRows(uses),
  notSupported: notSupported.map(([what, why, file, test]) => ({
    cells: [what, why],
    proof: { file, test },
  })),
};
const file = join(import.meta.dirname, '../docs/compatibility.md');
const options = await prettier.resolveConfig(file);
const page = await prettier.format(compatibilityPage(tables), { ...options, parser: 'markdown' });
if (!isCheck) writeFileSync(file, page);
const { files, ...others } = tables;
const faults = isCheck
  ? faultsOf(readFileSync(file, 'utf8'), page)
  : unproven([...Object.values(others).flat(), ...files.flatMap(({ rows }) => rows)]);
if (faults.length > 0) {
  const what = isCheck ? 'docs/compatibility.md is not current: npm run compatibility' : 'No test has used';
  process.stderr.write(`${what}\n${faults.map((row) => `  ${row}\n`).join('')}`);
  process.exitCode = 1;
}
