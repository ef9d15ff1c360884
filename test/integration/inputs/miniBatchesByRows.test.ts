import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../../shared/jobs/jobStore';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';

/** Tells of each file the end of its path, and its text; raises where that has "bad" in it. */
const tellsTables = `
import json, os
def run(mini_batch):
    rows = []
    for path in mini_batch:
        with open(path, newline="", encoding="utf-8") as file:
            text = file.read()
        if "bad" in text:
            raise ValueError("bad row")
        rows.append(json.dumps([os.sep.join(path.split(os.sep)[-2:]), text], ensure_ascii=False))
    return rows
`;

const rowsOf = (count: number): string =>
  Array.from({ length: count }, (_, i) => `${i},"row\n${i}"\r\n`).join('');
const table = `number,text\r\n${rowsOf(7)}`;
const part = (from: number, to: number): string =>
  `number,text\r\n${Array.from({ length: to - from }, (_, i) => `${from + i},"row\n${from + i}"\r\n`).join('')}`;

describe('mini-batches by rows', () => {
  const workspace = useWorkspace();
  let server: FileServer;

  beforeAll(async () => {
    await workspace().endpoint('rows', tellsTables, {
      miniBatch: { by: 'rows', size: 3 },
      resources: { instanceCount: 2 },
      retrySettings: { maxRetries: 1 },
    });
  });

  beforeEach(async () => {
    server = await FileServer.start();
  });

  afterEach(() => server.stop());

  const folder = (name: string): string => join(workspace().folder, name);
  const url = (path: string): object => ({
    dataset: { dataInputType: 'DataUrl', path: `${server.url}/account/container/${path}` },
  });

  async function told(job: Job): Promise<[string, string][]> {
    const ended = await workspace().run(job);
    expect(ended.run.error).toBeUndefined();
    const rows = (await workspace().predictions(ended)).trim().split('\n');
    return rows.map((row) => JSON.parse(row) as [string, string]);
  }

  const parts = (file: string): [string, string][] => [
    [file, part(0, 3)],
    [file, part(3, 6)],
    [file, part(6, 7)],
  ];

  test('have a part of one file each, with its header, under its own name', async () => {
    workspace().write('tables/more/a.csv', table);
    workspace().write('tables/small.csv', part(0, 3));
    const job = await workspace().invoke('rows', folder('tables'));
    expect(await told(job)).toEqual([...parts('more/a.csv'), ['tables/small.csv', part(0, 3)]]);
    expect((await workspace().services.jobs.get(job.spec.name)).run.progress).toMatchObject({
      files: 4,
      miniBatches: 4,
      failedFiles: 0,
    });
  });

  test('keep a byte order mark in front of the header', async () => {
    workspace().write('marked/more/a.csv', `\ufeff${table}`);
    const found = await told(await workspace().invoke('rows', folder('marked')));
    expect(found.map(([, text]) => text)).toEqual(parts('').map(([, text]) => `\ufeff${text}`));
  });

  test('that fail are named by their rows', async () => {
    const bad = table.replace('"row\n4"', '"bad"');
    workspace().write('failing/a.csv', bad);
    const job = await workspace().run(await workspace().invoke('rows', folder('failing')));
    expect(job.run.progress).toMatchObject({ files: 3, failedFiles: 1, failedMiniBatches: 1 });
    expect(job.run.failures).toEqual([
      expect.objectContaining({ miniBatch: 1, files: ['a.csv[rows 3-5]'], failed: 1, code: 'RunRaised' }),
    ]);
    expect(await workspace().file(job, 'failed_files.csv')).toContain(
      '\na.csv[rows 3-5],1,RunRaised,ValueError,1,',
    );
  });

  test('are the same for a URL, of which each part is read by its range', async () => {
    server.givesRanges = true;
    server.put('tables/more/a.csv', table);
    expect(await told(await workspace().invoke('rows', '/', url('tables')))).toEqual(parts('more/a.csv'));
    expect(server.ranges.length).toBeGreaterThan(3);
    expect(
      server.requests.filter((request) => request.startsWith('GET') && request.endsWith('a.csv')),
    ).toHaveLength(server.ranges.length);
  });

  test('are the same for a URL of a server that gives files only whole', async () => {
    server.put('tables/more/a.csv', table);
    expect(await told(await workspace().invoke('rows', '/', url('tables/more/a.csv')))).toEqual(
      parts('input/a.csv').map(([, text]) => [expect.stringMatching(/^\d+\/a\.csv$/), text]),
    );
  });

  test('are the same for a datastore', async () => {
    await workspace().services.stores.container('workspaceblobstore').write('tables/more/a.csv', table);
    const path = 'azureml://datastores/workspaceblobstore/paths/tables';
    const job = await workspace().invoke('rows', '/', { dataset: { dataInputType: 'DataUrl', path } });
    expect(await told(job)).toEqual(parts('more/a.csv'));
  });

  test.each(['URL', 'folder'])('of a file of a %s that changes after planning fail', async (kind) => {
    server.givesRanges = true;
    server.put('changing/a.csv', table);
    workspace().write('changing/a.csv', table);
    const job =
      kind === 'URL'
        ? await workspace().invoke('rows', '/', url('changing'))
        : await workspace().invoke('rows', folder('changing'));
    await workspace().activities.plan(job.spec.key);
    server.put('changing/a.csv', table.replace('row', 'wor'));
    writeFileSync(folder('changing/a.csv'), `${table}8,x\n`);
    const { run } = await workspace().run(job);
    expect(run.progress).toMatchObject({ files: 3, failedFiles: 3 });
    expect(run.failures[0]).toMatchObject({ code: 'InputFetchFailed', files: ['a.csv[rows 0-2]'] });
    expect(run.failures[0]?.message).toContain(
      "The file 'a.csv[rows 0-2]' could not be fetched: it has changed since it was cut into parts; only a new job cuts it again.",
    );
  });

  test('of a file that goes after planning fail, and nothing else', async () => {
    workspace().write('going/a.csv', table);
    workspace().write('going/b.csv', 'x\n1\n');
    const job = await workspace().invoke('rows', folder('going'));
    await workspace().activities.plan(job.spec.key);
    rmSync(folder('going/a.csv'));
    const { run } = await workspace().run(job);
    expect(run).toMatchObject({ state: 'Completed', progress: { files: 4, failedFiles: 3, rows: 1 } });
  });

  test('have what has no rows whole, which the job says', async () => {
    workspace().write('mixed/a.csv', table);
    for (const name of ['b.png', 'c', 'd.txt', 'e.txt']) workspace().write(`mixed/${name}`, 'x'.repeat(100));
    workspace().write('mixed/wide.csv', Buffer.from(`\ufeff${table}`, 'utf16le'));
    const job = await workspace().invoke('rows', folder('mixed'));
    await workspace().activities.plan(job.spec.key);
    const { run } = await workspace().services.jobs.get(job.spec.name);
    expect(run.plan).toMatchObject({ files: 8, miniBatches: 8 });
    expect(run.warnings).toEqual([
      '5 files cannot be split by rows, and go whole: b.png, c, d.txt and 2 more.',
    ]);
  });

  test('are those of the first planning where it is done again over a file that has changed', async () => {
    workspace().write('twice/a.csv', table);
    const job = await workspace().invoke('rows', folder('twice'));
    const { blobs } = workspace().services.stores;
    await workspace().activities.plan(job.spec.key);
    const first = await readManifestHead(blobs, job.spec.key);
    writeFileSync(folder('twice/a.csv'), part(0, 1));
    await workspace().activities.plan(job.spec.key);
    expect(await readManifestHead(blobs, job.spec.key)).toEqual(first);
    expect(first).toMatchObject({ files: 3, miniBatches: 3, pageStarts: [0] });
  });
});
