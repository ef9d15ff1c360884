import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProductHost } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';
import { interpreterOf } from '../../shared/scoring/environmentFolder';
import { program } from '../support/commandLine';
import { uvProgram } from '../support/uvProgram';

/** A package that is small and needs no other. */
const condaFile = `
channels: [conda-forge]
dependencies:
  - pip
  - pip:
      - iniconfig==2.0.0
`;

/** Says in which environment it runs, and that the package is there. */
const scoring = `
import sys
import iniconfig
def run(mini_batch):
    return [sys.prefix + " " + iniconfig.IniConfig.__name__ for path in mini_batch]
`;

const predictions = 'named-outputs/score/predictions.csv';

function environmentsOf(host: ProductHost): string[] {
  const folder = join(host.state, 'environments');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'uses') : [];
}

async function environment(host: ProductHost, name: string, conda = condaFile): Promise<string> {
  await host.ask('PUT', `/environments/${name}/versions/1`, { properties: { condaFile: conda } });
  return `azureml:${name}:1`;
}

describe('the environment of a deployment', () => {
  const host = new ProductHost();

  beforeAll(() => host.start());
  afterAll(() => host.close());

  test('is made with pip from its conda file, and one definition is one environment, whatever its name', async () => {
    const prefixes: string[] = [];
    for (const name of ['first', 'second']) {
      await host.endpoint(name, scoring, { environmentId: await environment(host, name) });
      const job = await host.finished((await host.invoke(name, host.inputs(3))).name);
      expect(job.properties).toMatchObject({ status: 'Completed', progress: { rows: 3 } });
      const [line = ''] = (await host.file(job.name, predictions)).split('\n');
      expect(line).toMatch(/ IniConfig$/);
      prefixes.push(line);
    }
    expect(prefixes[0]).toContain(join(host.state, 'environments'));
    expect(prefixes[1]).toBe(prefixes[0]);
    expect(environmentsOf(host)).toHaveLength(2);
  });

  test.each([
    ['conda.yaml', { 'conda.yaml': condaFile }],
    ['requirements.txt', { 'requirements.txt': 'iniconfig==2.0.0  # small\n' }],
    [
      'conda.yaml that names its requirements.txt',
      {
        'conda.yaml': 'dependencies: [{pip: [-r requirements.txt]}]',
        'requirements.txt': 'iniconfig==2.0.0',
      },
    ],
    [
      'python_env.yaml with its requirements.txt',
      {
        'python_env.yaml': 'python: 3\ndependencies: [-r requirements.txt]\n',
        'requirements.txt': 'iniconfig==2.0.0',
      },
    ],
  ])('is that of its MLflow model, where it has none of its own: %s', async (what, files) => {
    const name = `own${what.length}`;
    host.write(`${name}/MLmodel`, 'flavors:\n  python_function:\n    loader_module: mine\n');
    for (const [file, text] of Object.entries(files)) host.write(`${name}/${file}`, text);
    await host.endpoint(name, scoring);
    const modelUri = pathToFileURL(join(host.folder, name)).href;
    await host.ask('PUT', `/models/${name}/versions/2`, { properties: { modelUri } });
    await host.ask('PATCH', `/batchEndpoints/${name}/deployments/main`, {
      properties: { model: { referenceType: 'Id', assetId: `azureml:${name}:2` } },
    });
    const job = await host.finished((await host.invoke(name, host.inputs(1))).name);
    expect(job.properties).toMatchObject({ status: 'Completed' });
    expect(await host.file(job.name, predictions)).toContain(' IniConfig\n');
    expect(environmentsOf(host)).toHaveLength(2);
  });

  test('that cannot be installed fails the job before anything is scored, with the last words of the installer', async () => {
    const conda = 'dependencies: [{pip: [nobody-has-published-this==99.9]}]';
    await host.endpoint('absent', scoring, { environmentId: await environment(host, 'absent', conda) });
    const job = await host.finished((await host.invoke('absent', host.inputs(3))).name);
    expect(job.properties).toMatchObject({
      status: 'Failed',
      progress: { miniBatchesDone: 0 },
      error: { code: 'EnvironmentFailed' },
    });
    expect(job.properties.error?.message).toMatch(
      /pip install.*No matching distribution found for nobody-has-published-this==99\.9/,
    );
    const shown = execFileSync(process.execPath, [program, 'job', 'show', '--name', job.name], {
      env: { ...process.env, BATCHPOINT_STATE: host.state },
      encoding: 'utf8',
    });
    expect(JSON.parse(shown)).toMatchObject({ error: job.properties.error });
    expect(environmentsOf(host)).toHaveLength(2);
  });
});

/** Stands for an installer that has begun: it leaves an interpreter behind, and is done only once it may go on. */
const halting = (before: string, after: string): string => `#!/bin/sh
${before}
: > "$(dirname "$0")/begun"
while [ ! -e "$(dirname "$0")/go" ]; do sleep 0.05; done
${after}
`;

/** Programs by which an environment is made, and which halt when it is half made. */
const installers = [
  ['pip', condaFile, undefined],
  ['uv', condaFile, (uv: string) => halting(`[ "$1" = pip ] || exec '${uv}' "$@"`, `exec '${uv}' "$@"`)],
  [
    'conda',
    // What is no package of pip is left to conda, for which a program stands in: no channel is there in tests.
    `${condaFile}  - libgomp\n`,
    () =>
      halting(
        'while [ "$1" != --prefix ]; do shift; done\nmkdir -p "$2/bin" && ln -s "$(command -v python3)" "$2/bin/python"',
        'rm -rf "$2" && exec python3 -m venv "$2"',
      ),
  ],
] as const;

describe.each(installers)('a host that is killed while %s installs', (name, conda, script) => {
  const settings: NodeJS.ProcessEnv = { BATCHPOINT_INSTALLERS: name };
  const host = new ProductHost(settings);
  const programs = join(host.folder, 'programs');

  beforeAll(async () => {
    if (script !== undefined) {
      chmodSync(host.write(`programs/${name}`, script(name === 'uv' ? await uvProgram() : '')), 0o755);
      settings['PATH'] = [programs, process.env['PATH']].join(delimiter);
    }
    await host.start();
  });
  afterAll(() => host.close());

  test('makes the environment anew when it is started again, and the job completes', async () => {
    await host.endpoint('cut', scoring, { environmentId: await environment(host, 'cut', conda) });
    const { name: job } = await host.invoke('cut', host.inputs(5));
    const isAttempt = (one: string): boolean => /^[0-9a-f]{24}\..{36}$/.test(one);
    const installing = (one: string): boolean =>
      script === undefined
        ? existsSync(join(host.state, 'environments', one, 'requirements.txt'))
        : existsSync(join(programs, 'begun'));
    const [half = ''] = await until(
      () => environmentsOf(host).filter((one) => isAttempt(one) && installing(one)),
      (found) => found.length === 1,
    );
    await host.kill();
    expect(environmentsOf(host)).toEqual([half]);
    expect(existsSync(interpreterOf(join(host.state, 'environments', half)))).toBe(true);
    if (script !== undefined) host.write('programs/go', '');
    await host.start();
    expect(await host.finished(job)).toMatchObject({
      properties: { status: 'Completed', progress: { rows: 5, filesFailed: 0 } },
    });
    const made = environmentsOf(host).filter(isAttempt);
    expect(made).toHaveLength(1);
    expect(made).not.toContain(half);
    expect(await host.file(job, predictions)).toContain(`/${made[0]}`);
  });
});

describe('the Python of an environment that the machine lacks', () => {
  const old = 'dependencies: [python=3.9, {pip: [iniconfig==2.0.0]}]';
  const settings: NodeJS.ProcessEnv = { BATCHPOINT_INSTALLERS: 'pip' };
  const host = new ProductHost(settings);

  beforeAll(() => host.start());
  afterAll(() => host.close());

  const warnings = [
    expect.stringMatching(/asks for Python 3\.9; it is made with Python 3\.\d+\.\d+ of this/),
  ];

  test('is an error as soon as the deployment is made, unless it is allowed to differ, which each job says', async () => {
    await host.endpoint('lacking', scoring);
    const environmentId = await environment(host, 'lacking', old);
    const change = (more: object): ReturnType<ProductHost['request']> =>
      host.request('PATCH', '/batchEndpoints/lacking/deployments/main', {
        properties: { environmentId, ...more },
      });
    expect(await change({})).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'PythonVersionMissing',
          message: expect.stringMatching(
            /asks for Python 3\.9, and there is: .*3\.\d+\.\d+ \(\/.*--allow-python-mismatch/,
          ),
        },
      },
    });
    expect(await change({ allowPythonMismatch: true })).toMatchObject({ status: 200 });
    const jobs = [await host.invoke('lacking', host.inputs(1)), await host.invoke('lacking', host.inputs(1))];
    for (const { name } of jobs) {
      expect((await host.finished(name)).properties).toMatchObject({ status: 'Completed', warnings });
    }
    // A job may be stricter than its deployment, and then it is stopped before it scores.
    const strict = await host.invoke('lacking', host.inputs(1), { allowPythonMismatch: false });
    expect((await host.finished(strict.name)).properties).toMatchObject({
      status: 'Failed',
      error: { code: 'PythonVersionMissing' },
      progress: { miniBatchesDone: 0 },
    });
  });

  test('may differ for all of a host', async () => {
    await host.kill();
    settings['BATCHPOINT_ALLOW_PYTHON_MISMATCH'] = '1';
    await host.start();
    await host.endpoint('allowed', scoring, { environmentId: await environment(host, 'allowed', old) });
    const job = await host.finished((await host.invoke('allowed', host.inputs(1))).name);
    expect(job.properties).toMatchObject({ status: 'Completed', warnings });
  });
});

describe('a Python without ensurepip', () => {
  const settings: NodeJS.ProcessEnv = {};
  const host = new ProductHost(settings);

  beforeAll(async () => {
    host.write('missing/ensurepip.py', 'raise ImportError("not here")\n');
    const missing = join(host.folder, 'missing');
    const python = host.write('python', `#!/bin/sh\nPYTHONPATH='${missing}' exec python3 "$@"\n`);
    chmodSync(python, 0o755);
    settings['BATCHPOINT_PYTHON'] = python;
    await host.start();
  });
  afterAll(() => host.close());

  test('fails the job with the name of the package that is missing', async () => {
    await host.endpoint('bare', scoring, { environmentId: await environment(host, 'bare') });
    const job = await host.finished((await host.invoke('bare', host.inputs(2))).name);
    expect(job.properties).toMatchObject({
      status: 'Failed',
      progress: { miniBatchesDone: 0 },
      error: { code: 'EnsurepipMissing' },
    });
    expect(job.properties.error?.message).toMatch(/Install the package python3\.\d+-venv/);
    expect(environmentsOf(host)).toEqual([]);
  });
});
