// A host of one worker, for tests that kill it: starts the worker on the script in a folder and gives it a mini-batch.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const [folder, script] = process.argv.slice(2);
const root = join(__dirname, '../..');
const program = script.endsWith('.py')
  ? ['python3', join(root, 'shared/scoring/python/worker.py')]
  : [process.execPath, join(root, 'dist/shared/scoring/node/worker.js')];
const [command, ...parameters] = program;
const worker = spawn(command, parameters, {
  detached: true,
  stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
});
const say = (message) => worker.stdio[3].write(`${JSON.stringify(message)}\n`);

say({
  host: process.pid,
  kind: script.endsWith('.py') ? 'script' : 'module',
  folder,
  script,
  model: folder,
  output: folder,
  level: 'INFO',
  summary_only: false,
});
say(['begin', join(folder, 'rows'), folder, folder]);
say(['score', 0, ['a file']]);
worker.stdio[3].resume();
