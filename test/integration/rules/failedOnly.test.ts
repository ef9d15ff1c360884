import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { planJob } from '../../../shared/planning/planJob';
import { ManifestReader } from '../../../shared/planning/manifestReader';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { useWorkspace } from '../../support/useWorkspace';

const workspace = useWorkspace();

/** Fails at whole mini-batches, and leaves elements out of others, until it is told not to. */
const picky = `
import os
def run(mini_batch):
    texts = [open(path).read() for path in mini_batch]
    if os.environ.get("FAIL") != "yes":
        return texts
    if any(int(text) % 10 == 7 for text in texts):
        raise ValueError("one of them is odd")
    return [text for text in texts if int(text) % 10 != 2]
`;

const settings = { miniBatchSize: 3, retrySettings: { maxRetries: 1 }, errorThreshold: -1 };

beforeAll(async () => {
  const environmentVariables = { FAIL: 'yes' };
  await workspace().endpoint('picky', picky, { ...settings, environmentVariables });
});

const sound = { environmentVariables: { FAIL: 'no' } };

async function filesOf(key: string): Promise<string[][]> {
  const { blobs } = workspace().services.stores;
  const head = await readManifestHead(blobs, key);
  if (head === undefined) throw new Error('The job is not planned.');
  const reader = new ManifestReader(blobs, key, head);
  const numbers = Array.from({ length: head.miniBatches }, (_, i) => reader.files(i));
  return (await Promise.all(numbers)) as string[][];
}

describe('a job over what failed in another one', () => {
  test('has the files of mini-batches that failed or lack elements, in their order, cut anew', async () => {
    const job = await workspace().run(await workspace().invoke('picky', workspace().inputs(30)));
    // Of mini-batches 0, 4 and 7 an element is missing, and 2, 5 and 9 have raised.
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 12 } });
    const again = await workspace().run(
      await workspace().rerun(job, 'failedOnly', { ...sound, miniBatchSize: 4 }),
    );
    expect(again.run).toMatchObject({
      state: 'Completed',
      progress: { files: 18, failedFiles: 0, miniBatches: 5 },
    });
    const expected = [0, 1, 2, 6, 7, 8, 12, 13, 14, 15, 16, 17, 21, 22, 23, 27, 28, 29];
    expect(await workspace().predictions(again)).toBe(expected.map((i) => `${i}\n`).join(''));
    expect(again.spec.output).not.toEqual(job.spec.output);
    const none = workspace().rerun(again, 'failedOnly');
    await expect(none).rejects.toMatchObject({ code: 'RerunNothingFailed', status: 409 });
  });

  test('has only what failed of one that was stopped, and not what nobody has scored', async () => {
    const stopped = await workspace().invoke('picky', workspace().inputs(60), { errorThreshold: 0 });
    const job = await workspace().run(stopped);
    expect(job.run).toMatchObject({ state: 'Failed', progress: { failedFiles: 1 } });
    const again = await workspace().run(await workspace().rerun(job, 'failedOnly', sound));
    expect(await workspace().predictions(again)).toBe('0\n1\n2\n');
  });

  test('has the one file that failed alone, where that can be told, and is planned the same again', async () => {
    const input = workspace().inputs(6);
    const job = await workspace().invoke('picky', input, sound);
    await workspace().activities.plan(job.spec.key);
    rmSync(join(input, 'f000004.txt'));
    await workspace().run(job);
    workspace().write(join(input.slice(workspace().folder.length + 1), 'f000004.txt'), '4');
    const ended = await workspace().services.jobs.get(job.spec.name);
    expect(ended.run.progress.failedFiles).toBeGreaterThan(0);
    const again = await workspace().rerun(ended, 'failedOnly', sound);
    const { services } = workspace();
    const context = { ...services, blobs: services.stores.blobs, machineLimit: 4 };
    await Promise.all([planJob(context, again.spec.key), planJob(context, again.spec.key)]);
    const files = (await filesOf(again.spec.key)).flat();
    expect(files).toContain('f000004.txt');
    expect(files).toHaveLength(ended.run.progress.failedFiles);
    expect((await workspace().run(again)).run).toMatchObject({ state: 'Completed' });
  });

  test('keeps parts of tables as they were cut', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i}\n`).join('');
    workspace().write('tables/a.csv', `n\n${rows}`);
    const script = `
import os
def run(mini_batch):
    lines = open(mini_batch[0]).read().split()[1:]
    if os.environ.get("FAIL") == "yes" and lines[0] == "5":
        raise ValueError("the middle")
    return ["-".join(lines)]
`;
    const miniBatch = { by: 'rows', size: 5 };
    await workspace().endpoint('parts', script, {
      ...settings,
      miniBatch,
      environmentVariables: { FAIL: 'yes' },
    });
    const job = await workspace().run(await workspace().invoke('parts', join(workspace().folder, 'tables')));
    expect(job.run.progress).toMatchObject({ files: 3, failedFiles: 1 });
    const again = await workspace().run(await workspace().rerun(job, 'failedOnly', sound));
    expect(await workspace().predictions(again)).toBe('5-6-7-8-9\n');
    const cut = workspace().rerun(job, 'failedOnly', { miniBatchSize: 2 });
    await expect(cut).rejects.toMatchObject({ code: 'RerunFixed' });

    workspace().write('tables/a.csv', `n\nmended\n${rows}`);
    const mended = await workspace().run(await workspace().rerun(job, 'failedOnly', sound));
    expect(mended.run).toMatchObject({ state: 'Failed', error: { code: 'NoSucceededItem' } });
    expect(mended.run.failures[0]?.message).toContain(
      "'a.csv[rows 5-9]' could not be fetched: it has changed since it was cut into parts",
    );
  });

  test('is planned as a stream, however many files failed', async () => {
    const fails = 'def run(mini_batch):\n    raise ValueError("no")\n';
    await workspace().endpoint('none', fails, { ...settings, miniBatchSize: 500 });
    const job = await workspace().run(await workspace().invoke('none', workspace().inputs(10_000)));
    expect(job.run).toMatchObject({ state: 'Failed', progress: { failedFiles: 10_000 } });
    const again = await workspace().rerun(job, 'failedOnly');
    await workspace().activities.plan(again.spec.key);
    const planned = await workspace().services.jobs.get(again.spec.name);
    expect(planned.run.plan).toMatchObject({ files: 10_000, miniBatches: 20 });
    expect((await filesOf(again.spec.key)).flat()).toEqual(
      Array.from({ length: 10_000 }, (_, i) => `f${String(i).padStart(6, '0')}.txt`),
    );
  });
});

describe('a job that is done again', () => {
  test('is scored whole with the versions and settings of the other one, and what is given over them', async () => {
    const input = workspace().inputs(6);
    const first = await workspace().invoke('picky', input, { ...sound, tags: { a: '1' }, miniBatchSize: 2 });
    const job = await workspace().run(first);
    await workspace().endpoint('picky', 'def run(b): return ["changed"] * len(b)\n', settings);
    const again = await workspace().rerun(job, 'all', { name: 'again-by-name', errorThreshold: 5 });
    expect(again.spec).toMatchObject({
      name: 'again-by-name',
      model: job.spec.model,
      code: job.spec.code,
      tags: { a: '1' },
      settings: { ...job.spec.settings, errorThreshold: 5 },
      rerun: { job: job.spec.name, mode: 'all' },
    });
    expect(await workspace().predictions(await workspace().run(again))).toBe('0\n1\n2\n3\n4\n5\n');
    const more = { requestId: 'one-request' };
    const [one, other] = [
      await workspace().rerun(job, 'all', {}, more),
      await workspace().rerun(job, 'all', {}, more),
    ];
    expect(other.spec.name).toBe(one.spec.name);
    await expect(workspace().rerun(job, 'failedOnly', {}, more)).rejects.toMatchObject({
      code: 'RequestConflict',
    });
  });

  test('is refused where it cannot be, with what to do instead', async () => {
    const runs = await workspace().invoke('picky', workspace().inputs(2), sound);
    for (const mode of ['resume', 'failedOnly'] as const)
      await expect(workspace().rerun(runs, mode)).rejects.toMatchObject({
        code: 'RerunTooEarly',
        status: 409,
      });
    const job = await workspace().run(runs);
    const refused = (...args: Parameters<ReturnType<typeof workspace>['rerun']>): Promise<unknown> =>
      workspace()
        .rerun(...args)
        .then(
          () => 'made',
          (error: { code: string }) => error.code,
        );
    expect(await refused(job, 'resume')).toBe('RerunNotNeeded');
    expect(await refused(job, 'resume', { miniBatchSize: 9 })).toBe('RerunFixed');
    expect(await refused(job, 'resume', { outputAction: 'SummaryOnly' })).toBe('RerunFixed');
    expect(await refused(job, 'all', { dataset: { dataInputType: 'DataUrl', path: 'file:///x' } })).toBe(
      'RerunFixed',
    );
    expect(await refused(job, 'all', {}, { endpoint: 'elsewhere' })).toBe('ResourceNotFound');
    expect(await refused(job, 'all', {}, { deployment: 'other' })).toBe('ResourceNotFound');
    const { models } = workspace().services.registry;
    await models.versions.remove(job.spec.model.name, job.spec.model.version);
    expect(await refused(job, 'all')).toBe('VersionNotFound');
  });
});
