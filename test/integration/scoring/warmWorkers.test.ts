import { useWorkspace } from '../../support/useWorkspace';
import { Workspace } from '../../support/workspace';
import type { Job } from '../../../shared/jobs/jobStore';

describe('the processes of a deployment', () => {
  const workspace = useWorkspace();

  const tellsProcess = `
import os
count = 0
def init():
    global count
    count += 1
def run(mini_batch):
    return [f'{os.getpid()} {count} {os.environ.get("COLOUR")}']
`;

  async function processes(job: Job): Promise<string[]> {
    const rows = (await workspace().predictions(job)).trim().split('\n');
    expect(rows.every((row) => row.split(' ')[1] === '1')).toBe(true);
    return [...new Set(rows.map((row) => row.split(' ')[0] ?? ''))];
  }

  async function run(endpoint: string, properties: object = {}, files = 12): Promise<Job> {
    return workspace().run(await workspace().invoke(endpoint, workspace().inputs(files), properties));
  }

  test('call init() once, and stay warm between claims and between jobs', async () => {
    await workspace().endpoint('warm', tellsProcess);
    const first = await processes(await run('warm'));
    const second = await processes(await run('warm'));
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
  });

  test('are as many as instance_count x max_concurrency_per_instance, where there is work for them', async () => {
    const script = tellsProcess.replace('    return', '    import time; time.sleep(0.05)\n    return');
    await workspace().endpoint('many', script, {
      resources: { instanceCount: 2 },
      maxConcurrencyPerInstance: 2,
    });
    const job = await run('many', {}, 40);
    expect(job.run.plan?.lanes).toBe(4);
    expect(await processes(job)).toHaveLength(4);
  });

  test('are no more than the compute has instances, and the job says so', async () => {
    await workspace().endpoint('bounded', tellsProcess, { resources: { instanceCount: 40 } });
    await workspace().compute('cpu', 8);
    const job = await run('bounded', {}, 100);
    expect(job.run.plan?.lanes).toBe(4);
    expect(job.run.warnings).toEqual([
      "40 scorers were asked for (instance_count x max_concurrency_per_instance), but the compute 'cpu' has at most 8 instances.",
      '40 scorers were asked for (instance_count x max_concurrency_per_instance), but this machine runs at most 4 at once.',
    ]);
  });

  test('are not shared between variables, log levels or deployments that differ', async () => {
    await workspace().endpoint('varied', tellsProcess);
    const plain = await processes(await run('varied'));
    const coloured = await run('varied', { environmentVariables: { COLOUR: 'blue' } });
    expect(await workspace().predictions(coloured)).toContain(' blue');
    expect(await processes(coloured)).not.toEqual(plain);
    expect(await processes(await run('varied', { loggingLevel: 'Debug' }))).not.toEqual(plain);
    expect(await processes(await run('varied'))).toEqual(plain);
  });

  test('see an allow-list of variables, never the environment of the host', async () => {
    process.env['SECRET_OF_THE_HOST'] = 'do not tell';
    const script = 'import os\ndef run(mini_batch):\n    return [" ".join(sorted(os.environ))]\n';
    await workspace().endpoint('environment', script, { environmentVariables: { MINE: '1' } });
    const names = (await workspace().predictions(await run('environment', {}, 1))).trim().split(' ');
    delete process.env['SECRET_OF_THE_HOST'];
    expect(names).toEqual(
      expect.arrayContaining(['AZUREML_BI_OUTPUT_PATH', 'AZUREML_MODEL_DIR', 'MINE', 'PATH']),
    );
    const known =
      /^(AZUREML_.*|MINE|PATH|HOME|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|LD_LIBRARY_PATH|CUDA_VISIBLE_DEVICES|PYTHON.*)$/;
    expect(names.filter((name) => !known.test(name))).toEqual([]);
  });

  test('find the model under its own name in AZUREML_MODEL_DIR', async () => {
    const script = `
import glob, os
def run(mini_batch):
    return [open(path).read() for path in glob.glob(os.environ['AZUREML_MODEL_DIR'] + '/*.txt')]
`;
    await workspace().endpoint('model', script);
    expect(await workspace().predictions(await run('model', {}, 1))).toBe('a model\n');
  });

  test('are refused code that has been changed since it was registered', async () => {
    await workspace().endpoint('tampered', 'def run(mini_batch):\n    return ["honest"]\n');
    const { registry, stores } = workspace().services;
    const { code } = (await registry.deployments('tampered').get('main')).value;
    const content = (await registry.codes.versions.get(code ?? { name: '' })).value.content;
    await stores.blobs.write(
      `${content.prefix}${content.root}/score.py`,
      'def run(mini_batch):\n    return ["evil"]\n',
    );
    const again = await Workspace.reopen(workspace().folder);
    const job = await again.run(await again.invoke('tampered', again.inputs(1)));
    await again.services.pool.close();
    await again.services.stores.close();
    expect(job.run.error).toMatchObject({ code: 'AssetDamaged' });
    expect(job.run.error?.message).toContain('score.py');
  });
});
