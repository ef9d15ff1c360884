#!/usr/bin/env node
// Nothing else is loaded before the version is known: what the rest is written in, an older Node cannot even read.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `ERROR: Batchpoint needs Node.js 22.13 or later, and this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 1;
} else {
  void import('./run.js').then(({ run }) => run(process.argv.slice(2)));
}
