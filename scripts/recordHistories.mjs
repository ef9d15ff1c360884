// Records histories of the orchestrators, for test/replay: runs them on an embedded host, with activities that answer
// by a script, and keeps of its trace what each execution was given and what it asked for. Build before.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as prettier from 'prettier';
import { scenarios } from './histories/scenarios.mjs';
import { executionsOf } from './histories/executions.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, 'test/replay/histories');
const folder = mkdtempSync(join(tmpdir(), 'batchpoint-histories-'));
const trace = join(folder, 'trace');

mkdirSync(join(folder, 'app'));
symlinkSync(join(root, 'node_modules'), join(folder, 'app/node_modules'));
for (const name of ['orchestrations', 'shared'])
  cpSync(join(root, 'dist', name), join(folder, 'app', name), { recursive: true });
cpSync(join(root, 'scripts/histories/app.cjs'), join(folder, 'app/app.js'));
writeFileSync(
  join(folder, 'app/package.json'),
  JSON.stringify({ name: 'app', version: '1.0.0', main: 'app.js' }),
);
writeFileSync(join(folder, 'app/host.json'), JSON.stringify({ version: '2.0' }));
writeFileSync(join(folder, 'app/scripts.json'), JSON.stringify(scenarios));

const line = ['--app', join(folder, 'app'), '--state', join(folder, 'state'), '--trace', trace];
const host = spawn(process.execPath, [join(root, 'dist/local/main.js'), ...line], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
let log = '';
host.stderr.setEncoding('utf8').on('data', (text) => (log += text));
try {
  while (!/Serving \d+ functions at (\S+)\./.test(log)) {
    if (host.exitCode !== null) throw new Error(log);
    await wait(20);
  }
  const [, url] = /Serving \d+ functions at (\S+)\./.exec(log);
  await Promise.all(Object.keys(scenarios).map((scenario) => run(url, scenario)));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const lines = readFileSync(trace, 'utf8').trim().split('\n');
  const traced = lines.map((text) => JSON.parse(text));
  const options = { ...(await prettier.resolveConfig(target)), parser: 'json' };
  for (const scenario of Object.keys(scenarios)) {
    const text = JSON.stringify({ scenario, executions: executionsOf(traced, scenario) });
    writeFileSync(join(target, `${scenario}.json`), await prettier.format(text, options));
  }
} finally {
  host.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs the job of a scenario to its end. */
async function run(url, scenario) {
  const ask = async (path) => (await fetch(`${url}/api/${path}/${scenario}`, { method: 'POST' })).json();
  await ask('start');
  while ((await ask('status')).runtimeStatus !== 'Completed') await wait(50);
}
