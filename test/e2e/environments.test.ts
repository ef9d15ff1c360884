import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProductHost } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';
import { program } from '../support/commandLine';

/** A package that is small and needs no other. */
const condaFile = `
channels: [conda-forge]
dependencies:
  - pip
  - pip:
      - iniconfig==2.0.0
`;

/** Says in which environment it runs, and that the package is there. */
const script = `
import sys
import iniconfig
def run(mini_batch):
    return [sys.prefix + " " + iniconfig.IniConfig.__name__ for path in mini_batch]
`;

const predictions = 'named-outputs/score/predictions.csv';

function environmentsOf(host: ProductHost): string[] {
  const folder = join(host.state, 'environments');
  return existsSync(folder) ? readdirSync(folder) : [];
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
      await host.endpoint(name, script, { environmentId: await environment(host, name) });
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
  ])('is that of its MLflow model, where it has none of its own: %s', async (what, files) => {
    const name = `own${what.length}`;
    host.write(`${name}/MLmodel`, 'flavors:\n  python_function:\n    loader_module: mine\n');
    for (const [file, text] of Object.entries(files)) host.write(`${name}/${file}`, text);
    await host.endpoint(name, script);
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
    await host.endpoint('absent', script, { environmentId: await environment(host, 'absent', conda) });
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

describe('a host that is killed while pip installs', () => {
  const host = new ProductHost();

  beforeAll(() => host.start());
  afterAll(() => host.close());

  test('makes the environment anew when it is started again, and the job completes', async () => {
    await host.endpoint('cut', script, { environmentId: await environment(host, 'cut') });
    const { name } = await host.invoke('cut', host.inputs(5));
    const isAttempt = (one: string): boolean => /^[0-9a-f]{24}\..{36}$/.test(one);
    const installing = (one: string): boolean =>
      existsSync(join(host.state, 'environments', one, 'requirements.txt'));
    const [half = ''] = await until(
      () => environmentsOf(host).filter((one) => isAttempt(one) && installing(one)),
      (found) => found.length === 1,
    );
    await host.kill();
    expect(environmentsOf(host)).toEqual([half]);
    await host.start();
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({ status: 'Completed', progress: { rows: 5, filesFailed: 0 } });
    const made = environmentsOf(host).filter(isAttempt);
    expect(made).toHaveLength(1);
    expect(made).not.toContain(half);
    expect(await host.file(name, predictions)).toContain(`${made[0]} IniConfig`);
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
    await host.endpoint('bare', script, { environmentId: await environment(host, 'bare') });
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
