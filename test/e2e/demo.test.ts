import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../bench/product/until';
import { CommandLine, packageRoot, type Finished } from '../support/commandLine';
import { packagesPython } from '../support/pythonPackages';

// It installs some fifty packages, on a machine that is busy with other tests.
jest.setTimeout(600_000);

const main = join(packageRoot, 'dist/examples/demo/main.js');

/** What `npm run demo` does after the build, which would take the ground from under the other tests. */
function demo(cli: CommandLine, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return cli.run([], { main, cwd: packageRoot, env });
}

/** The predictions files that a run has named, in their order. */
function predictionsIn(stdout: string): string[] {
  return [...stdout.matchAll(/rows in all, in\n +(\S.*)\n/g)].map(([, path = '']) => path);
}

/** The environments of a state folder, without the notes of who uses them. */
function environmentsIn(state: string): string[] {
  const folder = join(state, 'environments');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'uses') : [];
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** What scikit-learn says of its own data, past the files of the demo. */
async function known(data: 'digits' | 'diabetes'): Promise<number[]> {
  const code = `import json, sklearn.datasets as d; print(json.dumps(d.load_${data}().target.tolist()))`;
  return JSON.parse(execFileSync(await packagesPython(), ['-c', code], { encoding: 'utf8' })) as number[];
}

/** Programs that still run and have to do with a folder. */
function processesOf(folder: string): string[] {
  const all = existsSync('/proc/self/cmdline')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(commandLineOf)
    : execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((one) => one.includes(folder));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It has just ended.
  }
}

describe('the demo', () => {
  const cli = new CommandLine();
  let first: Finished;

  beforeAll(async () => {
    first = await demo(cli);
  });
  afterAll(() => cli.close());

  test('ends well, in plain text, with every command that it gives', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).not.toContain('\u001b');
    const commands = [...first.stdout.matchAll(/^\$ batchpoint (\w+ ?[a-z]*)/gm)].map(([, one]) =>
      one?.trim(),
    );
    const part = ['compute create', 'model create', 'endpoint create', 'endpoint update'];
    const job = ['endpoint invoke', 'job stream'];
    expect(commands).toEqual(['up', ...part, ...job, ...part, ...job]);
    expect(first.stdout).toMatch(/Progress: \d+ %, \d+ of 180 mini-batches/);
    expect(first.stdout).toMatch(/ {2}Installed in \d+/);
  });

  test('scores all digits, and tells honestly how many of those are right that the model had not seen', async () => {
    const rows = linesOf(predictionsIn(first.stdout)[0] ?? '');
    const digits = await known('digits');
    expect(rows).toHaveLength(1797);
    const isRight = rows.map((row, i) => {
      expect(row).toMatch(new RegExp(`^digit-${String(i).padStart(4, '0')}\\.png \\d$`));
      return row.endsWith(String(digits[i]));
    });
    const [unseen, all] = [isRight.slice(1000), isRight].map((some) => {
      const right = some.filter(Boolean).length;
      return { right, of: some.length, share: (100 * right) / some.length };
    });
    expect(unseen?.share).toBeGreaterThan(94);
    expect(all?.share).toBeGreaterThan(97);
    expect(first.stdout).toMatch(
      new RegExp(`not seen before +${unseen?.share.toFixed(1)} % +${unseen?.right} of 797 right`),
    );
    const count = all?.right.toLocaleString('en');
    expect(first.stdout).toMatch(new RegExp(`${all?.share.toFixed(1)} % +${count} of 1,797 right`));
  });

  test('has the digits as real PNG files', () => {
    const images = join(cli.state, 'demo/digits/images');
    const files = readdirSync(images);
    expect(files).toHaveLength(1797);
    for (const file of files) {
      expect(readFileSync(join(images, file)).subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    }
  });

  test('scores all patients with the MLflow model, in the form row, prediction, file', async () => {
    const rows = linesOf(predictionsIn(first.stdout)[1] ?? '');
    const progression = await known('diabetes');
    expect(rows).toHaveLength(442);
    const distances = rows.map((line, i) => {
      const [row, prediction, file] = line.split(',');
      expect([row, file]).toEqual([
        String(i % 50),
        `patients-${String(Math.floor(i / 50)).padStart(2, '0')}.csv`,
      ]);
      return Math.abs(Number(prediction) - (progression[i] ?? Number.NaN));
    });
    const unseen = distances.slice(300);
    const error = unseen.reduce((sum, one) => sum + one, 0) / unseen.length;
    expect(error).toBeLessThan(50);
    expect(first.stdout).toMatch(new RegExp(`not seen before +${error.toFixed(1)} +over 142 patients`));
  });

  test('installs its packages once, for the training and for both deployments', () => {
    expect(environmentsIn(cli.state)).toHaveLength(2);
    expect(first.stdout.match(/Installed in/g)).toHaveLength(1);
  });

  test('tells the seconds of each phase, which add up', () => {
    const tables = first.stdout.split('\nSeconds\n').slice(1);
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const rows = [...table.matchAll(/^ {2}(\S.*?|  \S.*?) +(\d+\.\d\d)$/gm)];
      const times = new Map(rows.map(([, label = '', seconds]) => [label, Number(seconds)]));
      const sum = (names: string[]): number =>
        names.reduce((total, name) => total + (times.get(name) ?? Number.NaN), 0);
      const phases = ['packages', 'data', 'training', 'start of the host', 'model and endpoint', 'job'];
      expect(sum(phases)).toBeCloseTo(times.get('all') ?? 0, 1);
      const inJob = ['planning, start of a scorer', 'scoring', 'commit', 'commands around it'];
      expect(sum(inJob.map((name) => `  ${name}`))).toBeCloseTo(times.get('job') ?? 0, 1);
    }
  });

  test('leaves nothing running', () => {
    expect(processesOf(cli.folder)).toEqual([]);
  });

  test('works again: with what is there, as new jobs, beside the output of before', async () => {
    const before = predictionsIn(first.stdout);
    const contents = before.map((path) => readFileSync(path, 'utf8'));
    const second = await demo(cli);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('They are there already.');
    expect(second.stdout).not.toContain('endpoint create');
    const after = predictionsIn(second.stdout);
    expect(new Set([...before, ...after]).size).toBe(4);
    expect(after.map((path) => readFileSync(path, 'utf8'))).toEqual(contents);
    expect(before.map((path) => readFileSync(path, 'utf8'))).toEqual(contents);
  });

  test('works with a host that runs already, and leaves it running', async () => {
    const up = cli.start(['up']);
    await up.until(/serves at/);
    const third = await demo(cli);
    expect(third).toMatchObject({ code: 0, stderr: '' });
    expect(third.stdout).toMatch(/One runs already at \S+, and is used/);
    expect(up.child.exitCode).toBeNull();
    up.child.kill('SIGTERM');
    expect((await up.finished).code).toBe(0);
  });

  test('cancels its job and ends its host at Ctrl-C', async () => {
    const running = cli.inTerminal([], 100, main);
    await running.until(/\$ batchpoint job stream/);
    running.child.stdin.write('\x03');
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toContain('$ batchpoint job cancel');
    expect(stdout).toContain('Interrupted. Nothing of the demo runs any more');
    expect(processesOf(cli.folder)).toEqual([]);
    const jobs = await cli.json<{ status: string }[]>(['job', 'list']);
    expect(jobs.map(({ status }) => status).sort()).toEqual([
      'Canceled',
      ...Array<string>(6).fill('Completed'),
    ]);
  });
});

describe('the demo on a machine', () => {
  let cli: CommandLine;

  beforeEach(() => {
    cli = new CommandLine();
  });
  afterEach(() => cli.close());

  const fakePython = (text: string): string => {
    const python = cli.file('python', `#!/bin/sh\n${text}\n`);
    chmodSync(python, 0o755);
    return python;
  };

  test('leaves nothing behind at Ctrl-C while packages are installed', async () => {
    const running = cli.inTerminal([], 100, main);
    await until(
      () => environmentsIn(cli.state),
      (names) => names.some((name) => /^[0-9a-f]{24}\./.test(name)),
    );
    running.child.stdin.write('\x03');
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toContain('Interrupted.');
    expect(processesOf(cli.folder)).toEqual([]);
    expect(environmentsIn(cli.state)).toEqual([]);
  });

  test('without Python says so', async () => {
    const { code, stderr } = await demo(cli, { BATCHPOINT_PYTHON: '/nowhere/python3' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERROR: \(PythonMissing\) .*Install Python 3\.10 or later/);
  });

  test('with an old Python says how old', async () => {
    const python = fakePython(`echo '["/usr/bin/python3", "3.9.2", null]'`);
    const { code, stderr } = await demo(cli, { BATCHPOINT_PYTHON: python });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERROR: \(PythonTooOld\) .*3\.9\.2.*3\.10 or later/);
  });

  test('without ensurepip names the package to install', async () => {
    cli.file('missing/ensurepip.py', 'raise ImportError("not here")\n');
    const python = fakePython(`PYTHONPATH='${join(cli.folder, 'missing')}' exec python3 "$@"`);
    const { code, stderr } = await demo(cli, { BATCHPOINT_PYTHON: python });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERROR: \(EnsurepipMissing\) .*apt install python3\.\d+-venv/);
  });

  test('without a network says what could not be reached', async () => {
    const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_FIND_LINKS: '', PIP_RETRIES: '0' };
    const { code, stderr } = await demo(cli, {
      ...env,
      PIP_CONFIG_FILE: '/dev/null',
      PIP_EXTRA_INDEX_URL: '',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERROR: \(EnvironmentFailed\) .*pip install/);
    expect(stderr).toContain('this machine has to reach it');
  });
});
