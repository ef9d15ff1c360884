import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import { CommandLine, type Finished } from '../../support/commandLine';
import { FileServer } from '../../support/fileServer';

const cli = new CommandLine();
afterAll(() => cli.close());

/** A deployment file with this script; every test has a name of its own. */
function deployment(name: string, script: string, settings = 'mini_batch_size: 2', more = ''): string {
  cli.file(`${name}/code/score.py`, script);
  cli.file(`${name}/model/sub/weights.txt`, '7');
  return cli.file(
    `${name}/deployment.yml`,
    `name: ${name}
endpoint_name: nowhere
type: model
model: {path: model}
code_configuration: {code: code, scoring_script: score.py}
compute: azureml:cpu
settings: {${settings}}
${more}`,
  );
}

function input(files = 5): string {
  for (let i = 0; i < files; i++) cli.file(`input/f${i}.txt`, `text ${i}\n`);
  return 'input';
}

function attempt(file: string, ...more: string[]): Promise<Finished> {
  return cli.run(['deployment', 'try', '-f', file, '--input', input(), ...more]);
}

const echo = `import os, sys
def init():
    folder = os.environ["AZUREML_MODEL_DIR"]
    print("init finds", [os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names])
def run(mini_batch):
    print("scoring", len(mini_batch))
    print("a word aside", file=sys.stderr)
    return [os.path.basename(path) + " " + open(path).read().strip() for path in mini_batch]
`;

describe('a trial of a deployment', () => {
  test('scores the first files in input order, with rows apart from what is printed, and needs no host', async () => {
    const { code, stdout, stderr } = await attempt(deployment('echo', echo), '-n', '3');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'f0.txt text 0\nf1.txt text 1\nf2.txt text 2\n' });
    expect(stderr).toMatch(
      /^init finds \['model\/sub\/weights.txt'\]\nscoring 2\na word aside\nscoring 1\na word aside\n3 files in 2 mini-batches: 3 rows, 0 failed\.\nSeconds: \S+ for the environment, \S+ in init\(\), \S+ in run\(\)\.\n$/,
    );
    expect(cli.hostInfo()).toBeUndefined();
    // Nothing of it is left.
    expect(readdirSync(join(cli.state, 'scratch'))).toEqual([]);
  });

  test('has three files where nobody says how many, and is the same command in both groups', async () => {
    const file = deployment('both', echo);
    const args = ['-f', file, '-i', input(), '-m', '5'];
    const [one, other] = [
      await cli.run(['deployment', 'try', ...args]),
      await cli.run(['batch-deployment', 'try', ...args]),
    ];
    expect(one.stdout.split('\n')).toHaveLength(4);
    expect(other.stdout).toBe(one.stdout);
    expect(one.stderr).toContain('3 files in 1 mini-batch: 3 rows, 0 failed.');
  });

  test.each(['deployment', 'batch-deployment'])(
    'has settings that go over those of the file: %s try --set',
    async (group) => {
      const file = deployment(`set-${group}`, echo, 'mini_batch_size: 2, allow_python_mismatch: false');
      const set = ['--set', 'settings.mini_batch_size=1', '--allow-python-mismatch'];
      const tried = await cli.run([group, 'try', '-f', file, '-i', input(), '-n', '4', ...set]);
      expect(tried.stderr).toContain('4 files in 4 mini-batches: 4 rows, 0 failed.');
      expect(tried.code).toBe(0);
    },
  );

  test('shows the traceback whole, as Python does, goes on, and ends with another code than 0', async () => {
    const script = `import os
def deeper(depth, path):
    if depth == 0:
        raise ValueError("cannot read " + os.path.basename(path))
    return shallower(depth, path)
def shallower(depth, path):
    return deeper(depth - 1, path)
def run(mini_batch):
    print("at", os.path.basename(mini_batch[0]))
    if "f1" in mini_batch[0]:
        deeper(60, mini_batch[0])
    return [os.path.basename(path) for path in mini_batch]
`;
    const { code, stdout, stderr } = await attempt(deployment('raising', script, 'mini_batch_size: 1'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'f0.txt\nf2.txt\n' });
    const [, traceback = ''] = /at f1\.txt\n(Traceback [^]*?\n)Mini-batch 1/.exec(stderr) ?? [];
    expect(traceback).toMatch(
      /^Traceback \(most recent call last\):\n {2}File "[^"]*raising\/code\/score\.py", line 11, in run\n/,
    );
    expect(traceback.match(/in deeper\n/g)).toHaveLength(61);
    expect(traceback).toMatch(/\nValueError: cannot read f1\.txt\n$/);
    expect(stderr).toContain(
      'Mini-batch 1, f1.txt: RunRaised: run() raised ValueError: cannot read f1.txt\n',
    );
    expect(stderr).toContain('at f2.txt\n3 files in 3 mini-batches: 2 rows, 1 failed.');
    expect(stderr).toContain('ERROR: (TrialFailed) 1 of 3 files failed.');
    // Each is tried once.
    expect(stderr.match(/at f1\.txt\n/g)).toHaveLength(1);
  });

  test.each([
    [
      'raises',
      'def init():\n    raise KeyError("no weights")\ndef run(b): return b\n',
      /^Traceback [^]*line 2, in init\n[^]*KeyError: 'no weights'\nERROR: \(InitFailed\) init\(\) of the scoring script raised KeyError: 'no weights'\n$/,
    ],
    [
      'imports',
      'import nothing_like_it\ndef run(b): return b\n',
      /^Traceback [^]*score\.py", line 1, in <module>\n[^]*ModuleNotFoundError: No module named 'nothing_like_it'\nERROR: \(InitFailed\)/,
    ],
    [
      'raises-because',
      'def init():\n    try:\n        1 / 0\n    except ZeroDivisionError as error:\n        raise KeyError("w") from error\ndef run(b): return b\n',
      /ZeroDivisionError: division by zero\n\nThe above exception was the direct cause of the following exception:\n\nTraceback [^]*\nKeyError: 'w'\nERROR: \(InitFailed\)/,
    ],
    [
      'cannot-be-read',
      'def run(b) return b\ndef run(b): return b\n',
      /^ {2}File "[^"]*score\.py", line 1\n {4}def run\(b\) return b\n[^]*\nSyntaxError: /,
    ],
    [
      'exits',
      'import sys\ndef init():\n    print("bye")\n    sys.exit(3)\ndef run(b): return b\n',
      /^bye\n[^]*ERROR: \(InitExited\)/,
    ],
  ])('tells of an init() that %s with its traceback', async (name, script, told) => {
    const { code, stdout, stderr } = await attempt(deployment(name, script));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(told);
  });

  test('names what to change where run() or init() takes too long', async () => {
    const slow =
      'import time\ndef init():\n    pass\ndef run(b):\n    print("begun", flush=True)\n    time.sleep(600)\n';
    const settings = 'retry_settings: {timeout: 1, max_retries: 3}';
    const { code, stderr } = await attempt(deployment('slow', slow, settings), '-n', '1');
    expect(code).toBe(1);
    expect(stderr.match(/begun\n/g)).toHaveLength(1);
    expect(stderr).toMatch(
      /RunTimedOut: run\(\) took longer than its timeout of 1 seconds[^]*Raise retry_settings\.timeout/,
    );
    const hangs = deployment(
      'hangs',
      'import time\ndef init():\n    time.sleep(600)\ndef run(b): return b\n',
    );
    const env = { BATCHPOINT_INIT_TIMEOUT: '1' };
    const second = await cli.run(['deployment', 'try', '-f', hangs, '--input', input()], { env });
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/InitTimedOut[^]*raise BATCHPOINT_INIT_TIMEOUT/);
  });

  test('ends with all that it started on Ctrl-C', async () => {
    const script = `import os, subprocess, time
def run(mini_batch):
    child = subprocess.Popen(["sleep", "600"])
    print("pids", os.getpid(), child.pid, flush=True)
    time.sleep(600)
`;
    const args = ['deployment', 'try', '-f', deployment('endless', script), '--input', input()];
    const running = cli.start(args);
    await running.until(/pids \d+ \d+\n/);
    const pids = /pids (\d+) (\d+)/.exec(running.written())?.slice(1).map(Number) ?? [];
    running.child.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: expect.stringMatching(/^pids .*\nInterrupted\.\n$/) as string,
    });
    await until(
      () => pids.filter(runs),
      (running) => running.length === 0,
    );
  });

  test('lists the files that the script wrote itself, which are gone afterwards', async () => {
    const script = `import os
def run(mini_batch):
    folder = os.environ["AZUREML_BI_OUTPUT_PATH"]
    for path in mini_batch:
        with open(os.path.join(folder, "own-" + os.path.basename(path)), "w") as file:
            file.write("x")
    return mini_batch
`;
    const settings = 'output_action: summary_only';
    const { code, stdout, stderr } = await attempt(deployment('writing', script, settings));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('The script wrote 3 files itself: own-f0.txt, own-f1.txt, own-f2.txt.');
  });

  test('scores the file of a URL', async () => {
    const server = await FileServer.start();
    server.put('remote.txt', 'from afar');
    const url = `${server.url}/account/container/remote.txt`;
    const { code, stdout } = await cli.run(['deployment', 'try', '-f', deployment('url', echo), '-i', url]);
    await server.stop();
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'remote.txt from afar\n' });
  });

  test('tells what is wrong with the file or the input before anything is started', async () => {
    const file = deployment('faulty', 'def walk(b): return b\n', 'mini_batch_size: none');
    const { code, stderr } = await attempt(file);
    expect(code).toBe(2);
    expect(stderr).toContain('mini_batch_size');
    expect(stderr).toContain('defines no run(mini_batch)');
    const missing = await cli.run(['deployment', 'try', '-f', deployment('sound', echo), '-i', 'nowhere']);
    expect(missing).toMatchObject({ code: 3, stdout: '' });
    const elsewhere = 'code_configuration: {code: azureml:code:1, scoring_script: score.py}';
    const far = cli.file(
      'far.yml',
      `name: far\nmodel: {path: sound/model}\n${elsewhere}\ncompute: azureml:cpu\n`,
    );
    const refused = await cli.run(['deployment', 'try', '-f', far, '-i', input()]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      "(TrialPartElsewhere) The code 'azureml:code:1' is not a file or folder",
    );
  });

  test('makes the environment of the deployment, and shows how that goes', async () => {
    const script = 'import iniconfig\ndef run(b): return [iniconfig.IniConfig.__name__ for path in b]\n';
    cli.file('packages/conda.yml', 'dependencies: [pip, {pip: [iniconfig==2.0.0]}]\n');
    const file = deployment(
      'packages',
      script,
      'mini_batch_size: 1',
      'environment: {conda_file: conda.yml}\n',
    );
    const first = await attempt(file, '-n', '1');
    expect(first).toMatchObject({ code: 0, stdout: 'IniConfig\n' });
    expect(first.stderr).toMatch(/iniconfig/);
    const environments = readdirSync(join(cli.state, 'environments'));
    const again = await attempt(file, '-n', '1');
    expect(again).toMatchObject({ code: 0, stdout: 'IniConfig\n' });
    expect(readdirSync(join(cli.state, 'environments'))).toEqual(environments);
  });
});

describe('a trial of what is registered', () => {
  beforeAll(async () => {
    cli.file('weights/weights.txt', '7');
    await cli.json(['model', 'create', '-n', 'weights', '-v', '1', '--path', 'weights']);
    await cli.json(['environment', 'create', '-n', 'plain', '-v', '1', '--conda-file', conda()]);
    await cli.json(['data', 'create', '-n', 'texts', '-v', '1', '--path', input(), '--type', 'uri_folder']);
  });

  function conda(): string {
    return cli.file('plain.yml', 'dependencies: [pip]\n');
  }

  test('asks the host for the model, the environment and the data', async () => {
    cli.file('named/code/score.py', echo);
    const file = cli.file(
      'named/deployment.yml',
      'name: named\nmodel: azureml:weights@latest\nenvironment: azureml:plain:1\ncompute: azureml:cpu\n' +
        'code_configuration: {code: code, scoring_script: score.py}\n',
    );
    const { code, stdout, stderr } = await cli.run([
      'deployment',
      'try',
      '-f',
      file,
      '-i',
      'azureml:texts:1',
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'f0.txt text 0\nf1.txt text 1\nf2.txt text 2\n' });
    expect(stderr).toContain("init finds ['weights/weights.txt']");
  });

  test('finds files in the default datastore and in one that is a folder', async () => {
    cli.file('.batchpoint/blobs/workspaceblobstore/lines/a.txt', 'in the default one');
    cli.file('shelf/lines/b.txt', 'in a folder');
    await cli.json([
      'datastore',
      'create',
      '-f',
      cli.file('shelf.yml', 'name: shelf\ntype: local_folder\npath: shelf\n'),
    ]);
    const file = deployment('stores', echo);
    const paths = (name: string): string => `azureml://datastores/${name}/paths/lines`;
    const [one, other] = [
      await cli.run(['deployment', 'try', '-f', file, '-i', paths('workspaceblobstore')]),
      await cli.run(['deployment', 'try', '-f', file, '-i', paths('shelf')]),
    ];
    expect(one).toMatchObject({ code: 0, stdout: 'a.txt in the default one\n' });
    expect(other).toMatchObject({ code: 0, stdout: 'b.txt in a folder\n' });
  });
});

function runs(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
