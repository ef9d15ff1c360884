import { CommandLine } from '../../support/commandLine';
import { aProject, deploymentFile } from '../../support/scoringFiles';

const cli = new CommandLine();

async function start(name: string): Promise<void> {
  await cli.json(['endpoint', 'invoke', '-n', 'digits', '--input-local-path', 'input', '--job-name', name]);
}

beforeAll(async () => {
  aProject(cli, 1);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster', '--max-instances', '1']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  cli.file('deployment.yml', deploymentFile('gated', 'waiting.py'));
  await cli.json(['endpoint', 'update', '-n', 'digits', '--deployment-file', 'deployment.yml']);
  await cli.json(['endpoint', 'update', '-n', 'digits', '--traffic', 'gated:100']);
});
afterAll(() => cli.close());

describe('a job that waits for its compute', () => {
  const line = "Number 1 in the line of the compute 'cpu-cluster': its one instance is kept for holding";

  test('says so when it is shown and followed, and so does the compute', async () => {
    await start('holding');
    await start('waiting');
    expect(await cli.json(['job', 'show', '-n', 'waiting'])).toMatchObject({
      status: 'Queued',
      queue: { compute: 'cpu-cluster', position: 1, max_instances: 1, holders: [{ job: 'holding' }] },
    });
    expect(await cli.json(['compute', 'show', '-n', 'cpu-cluster'])).toMatchObject({
      use: { jobs: 1, jobs_queued: 1 },
    });
    const follower = cli.start(['job', 'stream', '-n', 'waiting']);
    await follower.until(new RegExp(`^Queued: ${line}$`, 'm'));
    cli.file('go', '');
    expect((await follower.finished).code).toBe(0);
    expect(await cli.json(['job', 'show', '-n', 'waiting'])).not.toHaveProperty('queue');
  });
});
