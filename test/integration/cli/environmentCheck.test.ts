import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, type Finished } from '../../support/commandLine';
import { MachineOfPythons } from '../../support/machineOfPythons';

const cli = new CommandLine({ BATCHPOINT_INSTALLERS: 'pip' });
afterAll(() => cli.close());

const script = `
import os, sys
def init():
    print("init finds", sys.prefix != sys.base_prefix)
def run(mini_batch):
    print("scoring", [os.path.basename(path) for path in mini_batch])
    return [1 for path in mini_batch]
`;

/** The file of a deployment with an environment. */
function deployment(name: string, environment: string, code = script, file = 'score.py'): string {
  cli.file(`${name}/code/${file}`, code);
  cli.file(`${name}/model/weights.txt`, '7');
  return cli.file(
    `${name}/deployment.yml`,
    `name: ${name}
model: {path: model}
code_configuration: {code: code, scoring_script: ${file}}
compute: azureml:cpu
${environment === '' ? '' : `environment: ${environment}`}
`,
  );
}

function check(file: string, ...more: string[]): Promise<Finished> {
  return cli.run(['environment', 'check', '--file', file, ...more]);
}

function input(): string {
  for (const name of ['a', 'b']) cli.file(`input/${name}.txt`, name);
  return 'input';
}

const python = {
  version: expect.stringMatching(/^3\.\d+\.\d+$/) as string,
  path: expect.any(String) as string,
};

describe('the check of an environment', () => {
  const url = 'https://me:S3cret@example.com/simple';
  const file = deployment('checked', `{requirements_file: [iniconfig==2.0.0, "--extra-index-url ${url}"]}`);
  const small = deployment('small', '{requirements_file: [iniconfig==2.0.0]}');

  test('says what would be installed, and installs nothing, where it is asked for the plan alone', async () => {
    const { code, stdout, stderr } = await check(file, '--plan-only');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      environment: {
        runtime: 'python',
        python,
        installers: ['pip'],
        requirements: ['iniconfig==2.0.0', '--extra-index-url https://***@example.com/simple'],
        is_made: false,
        warnings: [],
      },
    });
    expect(existsSync(join(cli.state, 'environments'))).toBe(false);
  });

  test('makes it, and tells whether init() and one file pass; jobs and the next check find it', async () => {
    const { code, stdout, stderr } = await check(small, '--input', input());
    expect({ code, result: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      result: {
        environment: {
          runtime: 'python',
          python,
          installers: ['pip'],
          requirements: ['iniconfig==2.0.0'],
          is_made: true,
          warnings: [],
        },
        init: { passed: true, seconds: expect.any(Number) as number },
        file: { passed: true, rows: 1, seconds: expect.any(Number) as number },
      },
    });
    expect(stderr).toMatch(
      /^Python 3\S+ \(\/.*\) scores\.\npip installs: iniconfig==2\.0\.0\nMaking a virtual/,
    );
    expect(stderr).toContain("init finds True\nscoring ['a.txt']\n");
    expect(cli.hostInfo()).toBeUndefined();
    const made = readdirSync(join(cli.state, 'environments')).filter((name) => name !== 'uses');
    expect(made).toHaveLength(2);
    const again = await check(small);
    expect(again.stderr).toContain('The environment is there already: iniconfig==2.0.0\n');
    expect(again.stderr).not.toContain('Making');
    expect(JSON.parse(again.stdout)).not.toHaveProperty('file');
  });

  test('ends with the traceback where init() or the file fails', async () => {
    const broken = await check(
      deployment('broken', '', 'import gone\ndef run(mini_batch):\n    return []\n'),
    );
    expect([broken.code, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toMatch(/Traceback[^]*ModuleNotFoundError[^]*InitFailed/);
    const raising = 'def run(mini_batch):\n    raise ValueError("no such column")\n';
    const failing = await check(deployment('failing', '', raising), '--input', input());
    expect([failing.code, failing.stdout]).toEqual([1, '']);
    expect(failing.stderr).toMatch(/Traceback[^]*no such column[^]*TrialFailed/);
  });

  test('ends where the machine lacks its Python, unless another one is allowed', async () => {
    const old = deployment('old', '{conda_file: {dependencies: [python=3.9]}}');
    const { code, stderr } = await check(old, '--plan-only');
    expect([code, stderr]).toEqual([2, expect.stringContaining('PythonVersionMissing')]);
    const allowed = await check(old, '--allow-python-mismatch');
    expect(allowed.stderr).toContain(
      'WARNING: The environment asks for Python 3.9; it is made with Python 3.',
    );
    expect(JSON.parse(allowed.stdout)).toMatchObject({
      environment: {
        python: { asked_for: '3.9' },
        warnings: [expect.stringContaining('asks for Python 3.9')],
      },
      init: { passed: true },
    });
    const set = await check(old, '--plan-only', '--set', 'settings.allow_python_mismatch=true');
    expect(set).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('WARNING: The environment asks') as string,
    });
    const tried = ['deployment', 'try', '--file', old, '--input', input(), '--allow-python-mismatch'];
    expect(await cli.run(tried)).toMatchObject({ code: 0, stdout: '1\n1\n' });
  });

  test('names the installers of conda packages, and those that are left out', async () => {
    const file = deployment('packages', '{conda_file: {dependencies: [numpy=1.26]}}');
    const without = await check(file, '--plan-only');
    expect(without.stderr).toContain('WARNING: Of the environment, these conda packages are not installed');
    const machine = new MachineOfPythons();
    machine.program('bin/micromamba', 'exit 1');
    const env = {
      BATCHPOINT_INSTALLERS: 'micromamba',
      PATH: `${join(machine.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    };
    const { stdout } = await cli.run(['environment', 'check', '-f', file, '--plan-only'], { env });
    machine.close();
    expect(JSON.parse(stdout)).toMatchObject({
      environment: {
        python: { version: '>=3.10' },
        installers: ['micromamba'],
        conda_packages: ['pip', 'numpy=1.26'],
        is_made: false,
      },
    });
  });

  test('of what Node scores installs nothing', async () => {
    const file = deployment('node', '', 'export const run = (files) => files.map(() => 1);\n', 'score.mjs');
    const { stdout, stderr } = await check(file, '--input', input());
    expect(JSON.parse(stdout)).toMatchObject({
      environment: { runtime: 'node' },
      file: { passed: true, rows: 1 },
    });
    expect(stderr).toContain('Node scores, and nothing is installed.');
  });

  test('uses an interpreter that is named as it is', async () => {
    const path = MachineOfPythons.realPython;
    const { stdout } = await check(deployment('own', `{python: ${path}}`));
    expect(JSON.parse(stdout)).toMatchObject({ environment: { python: { path } }, init: { passed: true } });
  });
});
