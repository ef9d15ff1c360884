// A host of one worker, for tests that kill it: starts the worker on the script in a folder and gives it a mini-batch.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const folder = process.argv[2];
const script = join(__dirname, '../../shared/scoring/python/worker.py');
const worker = spawn('python3', [script], { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
const say = (message) => worker.stdio[3].write(`${JSON.stringify(message)}\n`);

say({
  host: process.pid,
  kind: 'script',
  folder,
  script: 'score.py',
  model: folder,
  output: folder,
  level: 'INFO',
  summary_only: false,
});
say(['begin', join(folder, 'rows'), folder, folder]);
say(['score', 0, ['a file']]);
worker.stdio[3].resume();
