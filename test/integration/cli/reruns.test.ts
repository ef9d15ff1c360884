import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine();
afterAll(() => cli.close());

const script = `import os
def run(mini_batch):
    if os.environ.get("FAIL") == "yes" and "f2" in mini_batch[0]:
        raise ValueError("not this one")
    return [os.path.basename(path) for path in mini_batch]
`;

beforeAll(async () => {
  cli.file('code/score.py', script);
  cli.file('model/weights.txt', '1');
  for (let i = 0; i < 5; i++) cli.file(`input/f${i}.txt`, String(i));
  cli.file(
    'deployment.yml',
    `name: one
endpoint_name: digits
model: {path: model}
code_configuration: {code: code, scoring_script: score.py}
compute: azureml:cpu
settings:
  mini_batch_size: 1
  retry_settings: {max_retries: 1}
  error_threshold: 0
  environment_variables: {FAIL: "yes"}
`,
  );
  await cli.json(['compute', 'create', '-n', 'cpu']);
  await cli.json(['batch-endpoint', 'create', '-n', 'digits']);
  await cli.json(['batch-deployment', 'create', '-f', 'deployment.yml', '--set-default']);
});

interface Shown {
  readonly name: string;
  readonly rerun?: object;
  readonly progress: Record<string, number>;
}

/** Starts a job and follows it to its end; answers what is shown of it then. */
async function ended(args: readonly string[]): Promise<Shown> {
  const { name } = await cli.json<Shown>(args);
  await cli.run(['job', 'stream', '-n', name]);
  return cli.json<Shown>(['job', 'show', '-n', name]);
}

async function rows(job: string): Promise<string> {
  await cli.json(['job', 'download', '-n', job, '--download-path', job]);
  return readFileSync(join(cli.folder, job, 'named-outputs/score/predictions.csv'), 'utf8');
}

const invoke = ['batch-endpoint', 'invoke', '-n', 'digits', '--input', 'input'];
const sound = ['--set', 'environment_variables.FAIL=no'];

describe('job rerun', () => {
  test('goes on after a job that its threshold has stopped, into one complete output', async () => {
    const first = await ended(invoke);
    expect(first).toMatchObject({ status: 'Failed', error: { code: 'ErrorThresholdExceeded' } });
    const resumed = await ended(['job', 'rerun', first.name, '--resume', ...sound]);
    expect(resumed).toMatchObject({
      status: 'Completed',
      rerun: { job: first.name, mode: 'resume' },
      progress: { files: 5, files_done: 5, files_failed: 0 },
    });
    // The first file at least was a claim of its own.
    expect(resumed.progress['files_taken_over']).toBeGreaterThan(0);
    expect(await rows(resumed.name)).toBe('f0.txt\nf1.txt\nf2.txt\nf3.txt\nf4.txt\n');
  });

  test('scores only what failed, and tells where nothing did', async () => {
    const first = await ended([...invoke, '--set', 'error_threshold=3']);
    expect(first).toMatchObject({ status: 'Completed', progress: { files_failed: 1 } });
    const again = [
      'job',
      'rerun',
      '--name',
      first.name,
      '--failed-only',
      '--job-name',
      'only-the-failed',
      ...sound,
    ];
    const second = await ended([...again, '--output-path', './elsewhere']);
    expect(second).toMatchObject({ name: 'only-the-failed', status: 'Completed', progress: { files: 1 } });
    expect(readFileSync(join(cli.folder, 'elsewhere/predictions.csv'), 'utf8')).toBe('f2.txt\n');
    const third = await cli.run(['job', 'rerun', 'only-the-failed', '--failed-only']);
    expect(third).toMatchObject({ code: 1, stdout: '' });
    expect(third.stderr).toContain("(RerunNothingFailed) The job 'only-the-failed' has no failed files.");
  });

  test('does all of it again with other limits', async () => {
    const first = await ended(invoke);
    const args = ['job', 'rerun', first.name, '--error-threshold', '-1', '--instance-count', '1'];
    const again = await ended(args);
    expect(again).toMatchObject({
      status: 'Completed',
      error_threshold: -1,
      compute: { instance_count: 1 },
      progress: { files: 5, files_failed: 1 },
      rerun: { job: first.name, mode: 'all' },
    });
    expect(await rows(again.name)).toBe('f0.txt\nf1.txt\nf3.txt\nf4.txt\n');
  });

  test('is refused where it is used in a way that means nothing', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await cli.run(['job', 'rerun', ...args]);
      return `${code} ${stderr}`;
    };
    expect(await refused('x', '--resume', '--failed-only')).toMatch(/^2 .*one is enough/);
    expect(await refused()).toMatch(/^2 .*'-n, --name <name>' is needed/);
    expect(await refused('x', 'y')).toMatch(/^2 .*'y' is not expected/);
    expect(await refused('x', '--name', 'y')).toMatch(/^2 .*'x' is not expected/);
    expect(await refused('nowhere')).toMatch(/^3 .*ResourceNotFound/);
    const { name } = await ended(invoke);
    expect(await refused(name, '--resume', '--set', 'mini_batch_size=2')).toMatch(
      /^1 .*RerunFixed.*miniBatchSize/,
    );
  });
});
