import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeManifest } from '../../../shared/planning/manifest';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { ManifestReader } from '../../../shared/planning/manifestReader';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('planning a job', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('plan', echoScript, { miniBatchSize: 2 });
  });

  test('twice over a folder that changes in between keeps the first list', async () => {
    const folder = workspace().inputs(5);
    const job = await workspace().invoke('plan', folder);
    const { key } = job.spec;
    await workspace().activities.plan(key);
    writeFileSync(join(folder, 'f000000a.txt'), 'new');
    rmSync(join(folder, 'f000003.txt'));
    await workspace().activities.plan(key);
    const { blobs } = workspace().services.stores;
    const head = await readManifestHead(blobs, key);
    expect(head).toMatchObject({ files: 5, miniBatches: 3 });
    if (head === undefined) return;
    const reader = new ManifestReader(blobs, key, head);
    expect(await reader.files(0)).toEqual(['f000000.txt', 'f000001.txt']);
    expect(await reader.files(2)).toEqual(['f000004.txt']);
  });

  test('by two attempts at once has one head, and the pages of the other go away', async () => {
    const { blobs } = workspace().services.stores;
    const key = 'a'.repeat(32);
    async function* names(...some: string[]): AsyncGenerator<readonly string[]> {
      yield await Promise.resolve(some);
    }
    const options = { miniBatchSize: 1, pageFiles: 2 };
    const heads = await Promise.all([
      writeManifest(blobs, key, names('a', 'b', 'c'), { ...options, attempt: 'one' }),
      writeManifest(blobs, key, names('a', 'c'), { ...options, attempt: 'two' }),
    ]);
    expect(heads[0]).toEqual(heads[1]);
    const pages: string[] = [];
    for await (const page of blobs.list(`jobs/${key}/manifest/`)) pages.push(...page.map(({ name }) => name));
    expect(pages.length).toBe(Math.ceil(heads[0].files / 2));
    expect(pages.every((page) => page.includes(`/${heads[0].attempt}/`))).toBe(true);
  });

  test('reads mini-batches that lie on two pages', async () => {
    const { blobs } = workspace().services.stores;
    const key = 'b'.repeat(32);
    async function* names(): AsyncGenerator<readonly string[]> {
      yield await Promise.resolve(['a', 'b', 'c', 'd', 'e']);
    }
    const head = await writeManifest(blobs, key, names(), { miniBatchSize: 3, pageFiles: 2, attempt: 'one' });
    const reader = new ManifestReader(blobs, key, head);
    expect([await reader.files(0), await reader.files(1)]).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    await expect(reader.files(2)).rejects.toMatchObject({ code: 'ClaimsNotTiled' });
  });

  test('refuses an output that exists, before anything is scored', async () => {
    const output = join(workspace().folder, 'taken');
    workspace().write('taken/predictions.csv', 'mine');
    const job = workspace().invoke('plan', workspace().inputs(2), {
      outputDataset: { path: `file://${output}` },
    });
    await expect(job).rejects.toMatchObject({ code: 'OutputExists', status: 409 });
  });

  test('refuses an output that came into being after the job was accepted', async () => {
    const output = join(workspace().folder, 'later');
    const place = { outputDataset: { path: `file://${output}` } };
    const job = await workspace().invoke('plan', workspace().inputs(2), place);
    workspace().write('later/predictions.csv', 'mine');
    const ended = await workspace().run(job);
    expect(ended.run.error).toMatchObject({ code: 'OutputExists' });
    expect(ended.run.progress.miniBatches).toBe(0);
  });

  test('of two jobs with one output fails the second at once, and frees the place at the end of the first', async () => {
    const place = { outputDataset: { path: 'shared/place' } };
    const [first, second] = await Promise.all([
      workspace().invoke('plan', workspace().inputs(2), place),
      workspace().invoke('plan', workspace().inputs(2), place),
    ]);
    await workspace().activities.plan(first.spec.key);
    const lost = await workspace().run(second);
    expect(lost.run.error).toMatchObject({ code: 'OutputReserved' });
    expect(lost.run.error?.message).toContain(first.spec.name);
    await workspace().services.jobs.cancel(first.spec.name, 'tester');
    await workspace().activities.finish(first.spec.key);
    const third = await workspace().run(await workspace().invoke('plan', workspace().inputs(2), place));
    expect(third.run.state).toBe('Completed');
  });

  test('fails where the input has become empty', async () => {
    const folder = workspace().inputs(1);
    const job = await workspace().invoke('plan', folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    expect((await workspace().run(job)).run.error).toMatchObject({ code: 'InputEmpty' });
  });

  test('of a job that was stopped plans nothing', async () => {
    const job = await workspace().invoke('plan', workspace().inputs(2));
    await workspace().services.jobs.cancel(job.spec.name, 'tester');
    expect(await workspace().activities.plan(job.spec.key)).toEqual({ lanes: 0 });
  });
});
