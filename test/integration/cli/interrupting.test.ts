import { spawnSync } from 'node:child_process';
import { closeSync, openSync, truncateSync } from 'node:fs';
import { CommandLine, program } from '../../support/commandLine';
import { aProject } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
});
afterAll(() => cli.close());

test.each(['SIGTERM', 'SIGINT'] as const)('a command that does not look at %s is ended', async (signal) => {
  // To read this takes a quarter of an hour, and nothing else happens meanwhile.
  truncateSync(cli.file('code/huge.bin', ''), 2 ** 40);
  const create = cli.start(['endpoint', 'create', '-f', 'endpoint.yml', '--debug']);
  await create.until(/PUT \S+\/models\/weights\/versions\/1\?\S* \d+/);
  create.child.kill(signal);
  expect((await create.finished).code).toBe(130);
});

test('an output that cannot be written is an error with a code', () => {
  // Only Linux has such a device.
  if (process.platform !== 'linux') return;
  const out = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [program, 'compute', 'list'], {
    cwd: cli.folder,
    env: { ...process.env, BATCHPOINT_STATE: cli.state },
    stdio: ['ignore', out, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(out);
  expect(stderr).toBe(
    'ERROR: (CommandFailed) Something failed that should not: its output cannot be written (ENOSPC). Repeat it with --debug to see where.\n',
  );
  expect(status).toBe(1);
});
