import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { aProject, deploymentFile } from '../../support/scoringFiles';

const cli = new CommandLine();
const oddNames = ['a b.txt', '-x.txt', '%41#?.txt', 'quote\'".txt', 'ünï/c.txt', '$HOME.txt'];

beforeAll(async () => {
  aProject(cli);
  cli.file('failing/good.txt', '1');
  cli.file('failing/bad.txt', '2');
  cli.file(
    'code/writing.py',
    `import json, os
def run(mini_batch):
    folder = os.environ["AZUREML_BI_OUTPUT_PATH"]
    for name in json.loads(os.environ["NAMES"]):
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "a") as file:
            file.write("written")
    return ["x" * 5_000_000] * 4
`,
  );
  cli.file(
    'code/talking.py',
    `import sys
def run(mini_batch):
    sys.stdout.write("working\\r50 %\\rdone\\n\\x1b[31mred\\x1b[0m\\x1b[2J\\x07\\n")
    print("ünïcode", file=sys.stderr)
    return mini_batch
`,
  );
  cli.file(
    'code/partway.py',
    `import os, time
def run(mini_batch):
    folder, name = os.path.split(mini_batch[0])
    while name == "f3.txt" and not os.path.exists(os.path.join(os.path.dirname(folder), "last")):
        time.sleep(0.02)
    return mini_batch
`,
  );
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  for (const script of ['picky', 'waiting', 'writing', 'talking', 'partway']) {
    await deploy(deploymentFile(script, `${script}.py`));
  }
  const environment = 'environment: {name: pictured, version: 1, image: "example.com/image:1"}\n';
  await deploy(deploymentFile('pictured', 'echo.py', environment));
});
afterAll(() => cli.close());

async function deploy(file: string): Promise<void> {
  cli.file('deployment.yml', file);
  await cli.json(['endpoint', 'update', '-n', 'digits', '--deployment-file', 'deployment.yml']);
}

async function start(...args: string[]): Promise<string> {
  const { name } = await cli.json<{ name: string }>(['endpoint', 'invoke', '-n', 'digits', ...args]);
  return name;
}

const stream = (name: string): string[] => ['job', 'stream', '--name', name];

describe('a job that is followed in a pipe', () => {
  test('shows lines of its scripts, progress, a summary and its output', async () => {
    const name = await start('--input-local-path', 'input');
    const { code, stdout, stderr } = await cli.run(stream(name));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(`Job ${name} of endpoint digits, deployment one`);
    expect(lines[1]).toMatch(/^Page of the job: http:\/\/127\.0\.0\.1:\d+\/studio\/jobs\//);
    expect(stdout).toMatch(/^\[\S+\/\S+\] init with \['model'\]$/m);
    expect(stdout.match(/^\[\S+\] scoring [12]$/gm)).toHaveLength(3);
    expect(stdout.match(/^\[\S+ stderr\] a word aside$/gm)).toHaveLength(3);
    expect(stdout).toMatch(/^Progress: 100 %, 3 of 3 mini-batches, \d+\.\d files\/s$/m);
    expect(stdout).toMatch(/^Status +Completed$/m);
    expect(stdout).toMatch(/^Mini-batches +3 of 3, 0 failed$/m);
    expect(stdout).toMatch(/^Files +5 of 5, 0 failed$/m);
    expect(stdout).toMatch(/^Rows +5$/m);
    expect(stdout).toMatch(/^Tries +3$/m);
    for (const phase of ['queued', 'preparing', 'scoring', 'finishing', 'total']) {
      expect(stdout).toMatch(new RegExp(`^Seconds ${phase} +\\d+\\.\\d\\d$`, 'm'));
    }
    expect(stdout).toMatch(/^Files per second +\d+\.\d$/m);
    expect(stdout).toMatch(new RegExp(`^Output +file://.*/azureml/${name}/score/predictions\\.csv$`, 'm'));
    expect(stdout).not.toContain('\u001b');
    expect((await cli.run(stream(name))).stdout).toContain('init with');
  });

  test('shows how far it is and the time that is left, while it runs', async () => {
    const name = await start('--input-local-path', 'input', '--deployment', 'partway');
    const following = cli.start(stream(name));
    await following.until(/^Progress: \d0 %, [1-3] of 5 mini-batches, \d+\.\d files\/s, \d.* left$/m);
    expect(await cli.json(['job', 'show', '-n', name, '--query', 'status'])).toBe('Running');
    cli.file('last', '');
    const { code, stdout } = await following.finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Progress: 100 %, 5 of 5 mini-batches, \d+\.\d files\/s$/m);
  });

  test('warns once of an image that is not used, and of more scorers than the machine has cores', async () => {
    const wanted = availableParallelism() + 1;
    const more = ['--set', `max_concurrency_per_instance=${wanted}`];
    const name = await start('--input-local-path', 'input', '--deployment', 'pictured', ...more);
    const { code, stderr } = await cli.run(stream(name));
    expect({ code, warnings: stderr.trimEnd().split('\n') }).toEqual({
      code: 0,
      warnings: [
        "WARNING: The image 'example.com/image:1' of environment 'pictured' is not used on this machine.",
        `WARNING: ${wanted} scorers were asked for (instance_count x max_concurrency_per_instance), but this machine runs at most ${wanted - 1} at once.`,
      ],
    });
  });

  test('lets no text of a script move the cursor', async () => {
    const name = await start('--input-local-path', 'input/f0.txt', '--deployment', 'talking');
    const { stdout } = await cli.run(stream(name));
    expect(stdout).toMatch(/^\[\S+\] done$/m);
    expect(stdout).toMatch(/^\[\S+\] \u001b\[31mred\u001b\[0m$/m);
    expect(stdout).toMatch(/^\[\S+ stderr\] ünïcode$/m);
  });

  test('fails with the error of the job and its first failures', async () => {
    const name = await start(
      '--input-local-path',
      'failing',
      '--deployment',
      'picky',
      '--set',
      'error_threshold=0',
    );
    const { code, stdout, stderr } = await cli.run(stream(name));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Status +Failed$/m);
    expect(stderr).toMatch(
      /^ERROR: \(ErrorThresholdExceeded\) 1 files failed, more than the error_threshold of 0\./,
    );
    expect(stderr).toContain(
      '  Mini-batch 0, bad.txt, 1 try: RunRaised: run() raised ValueError: cannot read bad.txt',
    );
    expect(stderr).toContain('raise ValueError("cannot read " + os.path.basename(path))');
    const shown = await cli.json(['job', 'show', '-n', name]);
    expect(shown).toMatchObject({
      status: 'Failed',
      provisioning_state: 'Failed',
      error: { code: 'ErrorThresholdExceeded' },
      failures: [{ mini_batch: 0, files: ['bad.txt'], code: 'RunRaised', exception: 'ValueError', tries: 1 }],
    });
  });

  test('succeeds with a warning where files failed and the job did not', async () => {
    const name = await start('--input-local-path', 'failing', '--deployment', 'picky');
    const { code, stderr } = await cli.run(stream(name));
    expect(code).toBe(0);
    expect(stderr).toContain(
      `WARNING: 1 files failed. 'batchpoint job download -n ${name} --all' gets failed_files.csv`,
    );
    expect(stderr).toContain('ValueError: cannot read bad.txt');
  });

  test('ends with a clear word where it was cancelled', async () => {
    const name = await start('--input-local-path', 'input', '--deployment', 'waiting');
    const following = cli.start(stream(name));
    await following.until(/^Job /m);
    expect(await cli.json(['job', 'cancel', '-n', name])).toMatchObject({
      status: expect.stringMatching(/^CancelRequested|Canceled$/) as string,
    });
    const { code, stdout, stderr } = await following.finished;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Status +Canceled$/m);
    expect(stderr).toContain(`ERROR: (JobCanceled) The job '${name}' was cancelled.`);
    expect((await cli.run(['job', 'cancel', '-n', name])).code).toBe(0);
  });

  test('goes on after Ctrl-C', async () => {
    const name = await start('--input-local-path', 'input/f0.txt', '--deployment', 'waiting');
    const following = cli.start(stream(name));
    await following.until(/^Job /m);
    following.child.kill('SIGINT');
    const { code, stderr } = await following.finished;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /^Interrupted\. The job '.*' goes on: 'batchpoint job stream -n .*' follows it again,/,
    );
    expect(await cli.json(['job', 'show', '-n', name, '--query', 'status'])).not.toBe('Completed');
    cli.file('go', '');
    expect((await cli.run(stream(name))).code).toBe(0);
  });
});

test('a job that is followed at a terminal has one progress line below its lines', async () => {
  const name = await start('--input-local-path', 'input', '--mini-batch-size', '1');
  const { code, stdout } = await cli.inTerminal(stream(name), 72).finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/\r\u001b\[K\[#*\.*\] (?:\w+ )?\d+ %, \d of 5 mini-batches/);
  // What the terminal shows in the end: every line that was drawn over is gone.
  const shown = stdout.split('\n').map((line) => line.replace(/\r$/, '').split('\r\u001b[K').at(-1) ?? '');
  expect(shown.filter((line) => /mini-batches,/.test(line))).toEqual([]);
  expect(shown.filter((line) => /^\[\S+\] scoring 1$/.test(line))).toHaveLength(5);
  expect(shown).toContainEqual(expect.stringMatching(/^Status +Completed$/));
  for (const drawn of stdout
    .split('\r\u001b[K')
    .filter((part) => part.startsWith('[#') || part.startsWith('[.'))) {
    expect(drawn.split(/[\r\n]/)[0]?.length).toBeLessThan(72);
  }
});

describe('jobs are listed', () => {
  test('the newest first, as many as are asked for, page by page', async () => {
    const all = await cli.json<{ name: string; start_time: string }[]>(['job', 'list']);
    expect(all.length).toBeGreaterThan(5);
    const times = all.map((job) => job.start_time);
    expect(times).toEqual([...times].sort().reverse());
    const names = await cli.run(['job', 'list', '-r', '2', '--query', '[].name', '-o', 'tsv']);
    expect(names.stdout).toBe(`${all[0]?.name}\n${all[1]?.name}\n`);
    const table = await cli.run(['job', 'list', '--max-results', '1', '-o', 'table']);
    expect(table.stdout).toMatch(
      /^Name +Status +Endpoint +Deployment +MiniBatches +Of +FilesFailed +Caller +CallerName +Started +Ended\n/,
    );
    const ofEndpoint = await cli.json<unknown[]>([
      'endpoint',
      'list-jobs',
      '-n',
      'digits',
      '--type',
      'batch',
    ]);
    expect(ofEndpoint).toHaveLength(all.length);
    expect((await cli.run(['endpoint', 'list-jobs', '-n', 'nowhere'])).code).toBe(3);
  });

  test('as the one child of a job', async () => {
    const [job] = await cli.json<{ name: string }[]>(['job', 'list', '-r', '1']);
    const children = await cli.json(['job', 'list', '--parent-job-name', job?.name ?? '']);
    expect(children).toMatchObject([
      { display_name: 'batchscoring', parent_job_name: job?.name, name: job?.name },
    ]);
    expect((await cli.run(['job', 'list', '--parent-job-name', 'nowhere'])).code).toBe(3);
  });
});

test('a job is shown with its page, which is told', async () => {
  const [job] = await cli.json<{ name: string }[]>(['job', 'list', '-r', '1']);
  const { code, stdout, stderr } = await cli.run(['job', 'show', '-n', job?.name ?? '', '--web']);
  expect(code).toBe(0);
  const shown = JSON.parse(stdout) as { studio_endpoint: string; services: unknown };
  expect(shown.services).toEqual({ Studio: { endpoint: shown.studio_endpoint } });
  expect(stderr).toBe(`Page of the job: ${shown.studio_endpoint}\n`);
  expect(await (await fetch(shown.studio_endpoint)).text()).toContain('<title>');
  for (const verb of ['show', 'stream', 'cancel']) {
    expect((await cli.run(['job', verb, '-n', 'nowhere'])).code).toBe(3);
  }
});

describe('the files of a job are downloaded', () => {
  let name = '';
  const download = (...args: string[]): string[] => ['job', 'download', '-n', name, ...args];
  beforeAll(async () => {
    const names = `environment_variables.NAMES=${JSON.stringify(oddNames)}`;
    name = await start('--input-local-path', 'input/f0.txt', '--deployment', 'writing', '--set', names);
    await cli.run(stream(name));
  });

  test('into named-outputs/score, also a large one and those with odd names', async () => {
    const files = await cli.json<{ name: string; path: string; size: number }[]>(download('-p', 'got here'));
    expect(files.map((file) => file.name).sort()).toEqual(
      ['predictions.csv', ...oddNames].map((file) => `named-outputs/score/${file}`).sort(),
    );
    const folder = join(cli.folder, 'got here/named-outputs/score');
    expect(readFileSync(join(folder, 'predictions.csv'), 'utf8')).toBe(
      `${'x'.repeat(5_000_000)}\n`.repeat(4),
    );
    for (const file of oddNames) expect(readFileSync(join(folder, file), 'utf8')).toBe('written');
    expect(existsSync(join(cli.folder, 'got here/logs'))).toBe(false);
  });

  test('again without harm, and another file of that name is kept under a new one', async () => {
    expect(await cli.run(download('-p', 'got here'))).toMatchObject({ code: 0, stderr: '' });
    const target = join(cli.folder, 'got here/named-outputs/score/predictions.csv');
    const right = readFileSync(target);
    for (const kept of [1, 2]) {
      const mine = Buffer.from(right);
      mine[mine.length - 2] = 0x78 + kept;
      writeFileSync(target, mine);
      const { code, stderr } = await cli.run(download('-p', 'got here'));
      expect([code, stderr]).toEqual([
        0,
        `WARNING: The file '${target}' was there with other content, which is kept as '${target}.~${kept}~'.\n`,
      ]);
      expect(readFileSync(target).equals(right)).toBe(true);
      expect(readFileSync(`${target}.~${kept}~`).equals(mine)).toBe(true);
    }
  });

  test('with logs and everything else on demand', async () => {
    await cli.json(download('--output-name', 'score', '--all', '-p', 'all of it'));
    const folder = join(cli.folder, 'all of it');
    for (const file of ['logs/job_result.txt', 'logs/sys/job_report/processed_mini-batches.csv']) {
      expect(existsSync(join(folder, file))).toBe(true);
    }
  });

  test('into the current folder, where no other is named', async () => {
    mkdirSync(join(cli.folder, 'here'));
    expect((await cli.run(download(), { cwd: join(cli.folder, 'here') })).code).toBe(0);
    expect(existsSync(join(cli.folder, 'here/named-outputs/score/predictions.csv'))).toBe(true);
  });

  test('not where there are none, nor of an output that is not there', async () => {
    if (process.platform === 'linux') {
      // Here Linux makes no folder and says that the one above is missing, though it is there.
      const refused = await cli.run(download('-p', '/proc/x'));
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain("ERROR: (DownloadFailed) The file '/proc/x/named-outputs/score/");
    }
    const odd = await cli.run(download('--output-name', 'other'));
    expect(odd).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("no output named 'other'") as string,
    });
    expect((await cli.run(['job', 'download', '-n', 'nowhere'])).code).toBe(3);
    const counted = await start('--input-local-path', 'input', '--set', 'output_action=summary_only');
    await cli.run(stream(counted));
    const none = await cli.run(['job', 'download', '-n', counted]);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('its rows were only counted') as string,
    });
  });

  test('not where nothing can be written', async () => {
    const folder = join(cli.folder, 'no system has names as long as this'.repeat(10));
    const { code, stderr } = await cli.run(download('-p', folder));
    expect(code).toBe(1);
    expect(stderr).toContain('(DownloadFailed)');
  });
});
