// npm run fuzz -- --minutes N: searches for requests that the host answers wrongly, with a seed that is new each time.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write(`--minutes has to be a number above zero, and is '${values.minutes}'.\n`);
  process.exit(1);
}

// There are two searches: by the description of the API, and of odd bytes.
const { status } = spawnSync('jest', ['test/property', '--maxWorkers=1', '--selectProjects', 'property'], {
  stdio: 'inherit',
  env: { ...process.env, BATCHPOINT_FUZZ_MINUTES: String(minutes / 2) },
});
process.exit(status ?? 1);
