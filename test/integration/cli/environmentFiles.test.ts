import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { CommandLine } from '../../support/commandLine';
import { MachineOfPythons } from '../../support/machineOfPythons';

interface Shown {
  readonly name: string;
  readonly [key: string]: unknown;
}

const cli = new CommandLine();
afterAll(() => cli.close());

describe('an environment', () => {
  test('is registered with its requirements file, and what that names is taken along', async () => {
    cli.file('env/requirements.txt', 'pandas  # tables\n-r more/extra.txt\n');
    cli.file('env/more/extra.txt', 'pyarrow\n-r ../last.txt\n');
    cli.file('env/last.txt', 'pillow\n');
    cli.file('env/environment.yml', 'name: from-requirements\nrequirements_file: requirements.txt\n');
    const shown = { requirements_file: 'pandas\npyarrow\npillow\n' };
    const args = ['environment', 'create', '--file', 'env/environment.yml'];
    expect(await cli.json(args)).toMatchObject({ name: 'from-requirements', version: '1', ...shown });
    const options = ['--name', 'by-option', '-r', 'env/requirements.txt'];
    expect(await cli.json(['environment', 'create', ...options])).toMatchObject(shown);
    cli.file('lines.yml', 'name: lines\nrequirements_file: [pandas, "pyarrow>=15"]\n');
    expect(await cli.json(['environment', 'create', '-f', 'lines.yml'])).toMatchObject({
      requirements_file: 'pandas\npyarrow>=15',
    });
  });

  test('is registered with python_env.yaml of MLflow, and the requirements file beside it', async () => {
    cli.file(
      'model/python_env.yaml',
      'python: 3.11.7\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n',
    );
    cli.file('model/requirements.txt', 'mlflow\n');
    const shown = {
      python_env_file: expect.stringContaining('python: 3.11.7') as string,
      requirements_file: 'mlflow\n',
    };
    const args = ['environment', 'create', '-n', 'mlflow', '--python-env-file', 'model/python_env.yaml'];
    expect(await cli.json(args)).toMatchObject(shown);
    expect(await cli.json(['environment', 'show', '-n', 'mlflow'])).toMatchObject(shown);
  });

  test('may take a requirements file along that its conda file names', async () => {
    cli.file('conda/conda.yml', 'dependencies:\n  - pip:\n      - -r requirements.txt\n');
    cli.file('conda/requirements.txt', 'iniconfig\n');
    const args = ['environment', 'create', '-n', 'conda', '--conda-file', 'conda/conda.yml'];
    expect(await cli.json(args)).toMatchObject({ requirements_file: 'iniconfig\n' });
  });

  test('is an interpreter by its path, which is relative to the file', async () => {
    const python = MachineOfPythons.realPython;
    execFileSync('ln', ['-s', python, cli.file('env/link', '').replace(/link$/, 'python')]);
    cli.file('env/own.yml', 'name: own\npython: ./python\n');
    const { python: shown } = await cli.json<Shown>(['environment', 'create', '-f', 'env/own.yml']);
    expect(realpathSync(String(shown))).toBe(realpathSync(python));
    const args = ['environment', 'create', '-n', 'by-path', '--python', 'env/python'];
    expect(await cli.json(args)).toMatchObject({ python: shown });
  });

  test.each([
    ['python: /nowhere/python', 'does not exist or cannot be read: /nowhere/python'],
    ['python: ./conda/conda.yml', 'it is not a program'],
    ['python: "3.12"', "'3.12' is a version, and the path of an interpreter is expected"],
    ['requirements_file: gone.txt', 'does not exist or cannot be read'],
    ['requirements_file: loop.txt', 'leads back to a file above it'],
    ['requirements_file: ["./wheels/x.whl"]', 'names a local path'],
    ['python_env_file: broken.yaml', "'dependencies' has to be a list"],
    ['python_env_file: two.yaml', 'are named with -r, and one file comes along'],
    [
      'conda_file: conda/conda.yml\npython_env_file: model/python_env.yaml',
      'each of them defines it. Keep one',
    ],
    ['requirements_file: [x]\npython: /bin/sh', 'each of them defines it. Keep one'],
    [
      'requirements_file: [x]\nconda_file: { dependencies: [pip] }',
      "'bad' has condaFile and requirementsFile, and each of them defines it. Keep one",
    ],
  ])('like %j is refused before anything is made', async (definition, message) => {
    cli.file('loop.txt', '-r loop.txt\n');
    cli.file('broken.yaml', 'dependencies: x\n');
    cli.file('two.yaml', 'dependencies: [-r a.txt, -r b.txt]\n');
    cli.file('bad.yml', `name: bad\n${definition}\n`);
    const { code, stderr } = await cli.run(['environment', 'create', '--file', 'bad.yml']);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('of a deployment has a name by its content, which is that of all its files', async () => {
    cli.file('score.py', 'def run(mini_batch):\n    return list(mini_batch)\n');
    cli.file('weights/model.txt', '1');
    await cli.run(['compute', 'create', '--name', 'cpu', '--type', 'amlcompute']);
    await cli.run(['batch-endpoint', 'create', '--name', 'tables']);
    const created = async (name: string, environment: string): Promise<unknown> => {
      cli.file(
        `${name}.yml`,
        `name: ${name}\nendpoint_name: tables\nmodel: { path: weights }\ncompute: azureml:cpu\n` +
          `code_configuration: { code: ., scoring_script: score.py }\nenvironment: ${environment}\n`,
      );
      return (await cli.json<Shown>(['batch-deployment', 'create', '--file', `${name}.yml`]))['environment'];
    };
    const first = await created('first', '{ requirements_file: [iniconfig] }');
    expect(await created('second', '{ requirements_file: [iniconfig] }')).toBe(first);
    expect(await created('third', '{ requirements_file: [iniconfig==2.0.0] }')).not.toBe(first);
  });
});

describe('the Dockerfile of an environment', () => {
  test('is printed for one that is registered, and for one in a file', async () => {
    cli.file('docker.yml', 'name: docker\nrequirements_file: [iniconfig]\n');
    expect((await cli.run(['environment', 'create', '--file', 'docker.yml'])).code).toBe(0);
    const registered = await cli.run(['environment', 'dockerfile', '--name', 'docker', '--version', '1']);
    expect(registered.stdout).toMatch(
      /^# syntax.*^FROM python:3\.12-slim$.*^iniconfig$.*BATCHPOINT_PYTHON/ms,
    );
    expect(await cli.run(['environment', 'dockerfile', '-f', 'docker.yml'])).toEqual(registered);
    expect((await cli.run(['environment', 'dockerfile'])).stderr).toContain('--name or --file is needed');
    const both = await cli.run(['environment', 'dockerfile', '-f', 'docker.yml', '-n', 'docker']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--file brings the environment')]);
  });

  test('warns where a password of an index would be readable in the image, and has a way on for an old Python', async () => {
    cli.file(
      'index.yml',
      'name: index\nrequirements_file: ["--index-url https://me:S3cret@example.com/simple", x]\n',
    );
    const { stdout, stderr } = await cli.run(['environment', 'dockerfile', '-f', 'index.yml']);
    expect(stderr).toContain('WARNING: Something in the Dockerfile looks like a password');
    expect(stdout).toContain('S3cret');
    cli.file('old.yml', 'name: old\nconda_file: { dependencies: [python=3.8] }\n');
    const old = ['environment', 'dockerfile', '-f', 'old.yml'];
    expect((await cli.run(old)).stderr).toContain('PythonVersionMissing');
    expect((await cli.run([...old, '--allow-python-mismatch'])).stdout).toContain('FROM python:3.12-slim');
  });
});
