import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job } from '../../../shared/jobs/jobStore';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { ManifestReader } from '../../../shared/planning/manifestReader';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('files of types that a model without a script does not score', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    const id = randomUUID();
    workspace().write(`${id}/model/MLmodel`, 'flavors:\n  python_function:\n    loader_module: mine\n');
    const modelUri = pathToFileURL(join(workspace().folder, id, 'model')).href;
    const { registry } = workspace().services;
    await registry.models.register(id, '1', {
      properties: { modelUri, modelType: 'mlflow_model' },
    });
    await workspace().endpoint('no-script', echoScript, {
      model: { referenceType: 'Id', assetId: `azureml:${id}:1` },
      codeConfiguration: undefined,
      miniBatchSize: 2,
    });
    for (const name of ['a.csv', 'b.md', 'c,d.TXT', 'e.PNG', 'more/f', 'more/g.pdf', 'more/h.parquet'])
      workspace().write(`kinds/${name}`, '1');
    workspace().write('odd/a.md', '1');
  });

  async function planned(input: string, properties: object = {}): Promise<Job> {
    const job = await workspace().invoke('no-script', join(workspace().folder, input), properties);
    await workspace().activities.plan(job.spec.key);
    return workspace().services.jobs.get(job.spec.name);
  }

  test('fail the job before anything is scored, and are named', async () => {
    const { run } = await planned('kinds');
    expect(run).toMatchObject({
      state: 'Stopping',
      next: 0,
      stop: { error: { code: 'InputTypeUnsupported' } },
    });
  });

  test('are skipped on request, and named in a warning and in a file of the job', async () => {
    const job = await planned('kinds', { unsupportedTypes: 'skip' });
    expect(job.run).toMatchObject({ state: 'Running', plan: { files: 3, miniBatches: 2 } });
    expect(job.run.warnings).toEqual([
      '4 files are of a type that the model does not score, and skipped: b.md, c,d.TXT, more/f and 1 more. ' +
        'logs/skipped_files.csv lists all.',
    ]);
    expect(await workspace().file(job, 'logs/skipped_files.csv')).toBe(
      'file,type\nb.md,.md\n"c,d.TXT",.txt\nmore/f,\nmore/g.pdf,.pdf\n',
    );
    const { blobs } = workspace().services.stores;
    const head = await readManifestHead(blobs, job.spec.key);
    if (head === undefined) throw new Error('The job has no manifest.');
    const reader = new ManifestReader(blobs, job.spec.key, head);
    expect(await reader.files(0)).toEqual(['a.csv', 'e.PNG']);
    expect(await reader.files(1)).toEqual(['more/h.parquet']);
  });

  test('are listed once however often the job is planned', async () => {
    const job = await planned('kinds', { unsupportedTypes: 'skip' });
    workspace().write('kinds/later.md', '1');
    await workspace().activities.plan(job.spec.key);
    expect(await workspace().file(job, 'logs/skipped_files.csv')).not.toContain('later.md');
    expect((await workspace().services.jobs.get(job.spec.name)).run.warnings).toHaveLength(1);
  });

  test('may be left out by patterns instead, and are no skipped files then', async () => {
    const job = await planned('kinds', { inputFilter: { include: ['*.csv'] } });
    expect(job.run).toMatchObject({ state: 'Running', plan: { files: 1 }, warnings: [] });
    await expect(workspace().file(job, 'logs/skipped_files.csv')).rejects.toMatchObject({
      code: 'JobFileMissing',
    });
  });

  test('are an error all the same where nothing else is left', async () => {
    const { run } = await planned('odd', { unsupportedTypes: 'skip' });
    expect(run.stop).toMatchObject({
      error: {
        code: 'InputTypeUnsupported',
        message: expect.stringContaining("The file 'a.md' is of type .md") as string,
      },
    });
  });
});
