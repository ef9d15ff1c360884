import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';

const tellsFiles = `
import os
def run(mini_batch):
    return [os.sep.join(path.split(os.sep)[-2:]) + ' ' + open(path).read().replace('\\n', '|') for path in mini_batch]
`;

describe('an input behind a URL', () => {
  const workspace = useWorkspace({ BATCHPOINT_URL_TIMEOUT: '1' });
  let server: FileServer;

  beforeAll(async () => {
    await workspace().endpoint('urls', tellsFiles, { miniBatchSize: 2, resources: { instanceCount: 2 } });
  });

  beforeEach(async () => {
    server = await FileServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  const dataset = (path: string): object => ({ dataset: { dataInputType: 'DataUrl', path } });

  const rowsBy: Record<string, string> = {
    files: 'input/get only.csv n|1|2|3|4|5|\n',
    rows: '0/get only.csv n|1|2|\n1/get only.csv n|3|4|\n2/get only.csv n|5|\n',
  };

  async function scored(path: string, by?: string): Promise<string> {
    const miniBatch = by === 'rows' ? { miniBatch: { by, size: 2 } } : {};
    const given = { ...dataset(`${server.url}${path}`), ...miniBatch };
    const job = await workspace().run(await workspace().invoke('urls', '/', given));
    expect(job.run.error).toBeUndefined();
    return workspace().predictions(job);
  }

  const refused = (path: string): Promise<unknown> => workspace().invoke('urls', '/', dataset(path));

  test('may be one file', async () => {
    server.put('some folder/a b.txt', 'hello');
    expect(await scored('/account/container/some%20folder/a%20b.txt')).toBe('input/a b.txt hello\n');
  });

  test('may be a folder of a public container, found by the container itself, page by page', async () => {
    for (let i = 0; i < 7; i++) server.put(`data/part ${i % 2}/f&${i}.txt`, String(i));
    server.put('data-elsewhere/no.txt', 'no');
    const rows = (await scored('/account/container/data')).trim().split('\n');
    expect(rows).toEqual([
      'part 0/f&0.txt 0',
      'part 0/f&2.txt 2',
      'part 0/f&4.txt 4',
      'part 0/f&6.txt 6',
      'part 1/f&1.txt 1',
      'part 1/f&3.txt 3',
      'part 1/f&5.txt 5',
    ]);
  });

  test('keeps its signature on every request, and shows it nowhere', async () => {
    server.put('signed/a.txt', '1');
    const job = await workspace().run(
      await workspace().invoke('urls', '/', dataset(`${server.url}/account/container/signed?sig=SECRET`)),
    );
    expect(job.run.state).toBe('Completed');
    expect(server.requests.every((request) => request.includes('sig=SECRET'))).toBe(true);
    expect(job.spec.inputUri).not.toContain('SECRET');
  });

  test('that answers 404 is told at once', async () => {
    await expect(refused(`${server.url}/account/container/missing`)).rejects.toMatchObject({
      code: 'InputNotFound',
    });
  });

  test.each(['100%', 'a%zz/b', '%ff%fe'])('with the path %s, which has no meaning, is told', async (path) => {
    await expect(refused(`${server.url}/account/container/${path}?sig=SECRET`)).rejects.toMatchObject({
      code: 'UriInvalid',
      message: expect.not.stringContaining('SECRET') as string,
    });
    expect(server.requests).toEqual([]);
  });

  test.each(['files', 'rows'])('is scored by %s where its server knows only GET', async (by) => {
    server.put('get only.csv', 'n\n1\n2\n3\n4\n5\n');
    server.intercept(({ method }, response) => {
      if (method === 'HEAD') response.writeHead(405, { 'Content-Length': 0 }).end();
      return method === 'HEAD';
    });
    expect(await scored('/account/container/get%20only.csv', by)).toBe(rowsBy[by]);
  });

  test.each(['files', 'rows'])('is scored by %s where its server tells no size', async (by) => {
    server.intercept((_request, response) => {
      response.writeHead(200, { 'Transfer-Encoding': 'chunked' }).end('n\n1\n2\n3\n4\n5\n');
      return true;
    });
    expect(await scored('/get only.csv', by)).toBe(rowsBy[by]);
  });

  test('that refuses is told with its answer', async () => {
    server.intercept((_request, response) => {
      response.writeHead(403).end();
      return true;
    });
    await expect(refused(`${server.url}/account/container/x`)).rejects.toThrow('the answer was 403');
  });

  test('that never answers is given up', async () => {
    server.intercept(() => true);
    const answer = refused(`${server.url}/account/container/x`);
    await expect(answer).rejects.toMatchObject({ code: 'InputUnreadable' });
    await expect(answer).rejects.toThrow('there was no answer within 1 seconds');
  });

  test('where nobody listens says so', async () => {
    await expect(refused('http://127.0.0.1:9/x/y/z')).rejects.toMatchObject({ code: 'InputUnreadable' });
  });

  test('is not followed where it redirects', async () => {
    server.intercept((_request, response) => {
      response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end();
      return true;
    });
    await expect(refused(`${server.url}/account/container/x`)).rejects.toThrow('the answer was 302');
  });

  test('with names that climb out of their folder fetches nothing of them', async () => {
    server.put('evil/../../up.txt', 'x');
    server.put('evil/ok.txt', 'y');
    const job = await workspace().run(
      await workspace().invoke('urls', '/', dataset(`${server.url}/account/container/evil`)),
    );
    expect(job.run.failures[0]).toMatchObject({ code: 'InputUriUnsafe' });
  });

  test('is fetched again when it breaks off, and a file that cannot be had fails alone', async () => {
    for (const name of ['a', 'b', 'c', 'd']) server.put(`flaky/${name}.txt`, name);
    let broken = 0;
    server.intercept((request, response) => {
      if (request.method === 'HEAD' || !request.url?.endsWith('.txt')) return false;
      if (request.url.endsWith('c.txt')) {
        response.writeHead(500).end();
        return true;
      }
      if (request.url.endsWith('a.txt') && broken++ === 0) {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('half');
        response.destroy();
        return true;
      }
      return false;
    });
    const job = await workspace().run(
      await workspace().invoke('urls', '/', dataset(`${server.url}/account/container/flaky`)),
    );
    expect(job.run.state).toBe('Completed');
    expect(await workspace().predictions(job)).toBe('input/a.txt a\ninput/b.txt b\ninput/d.txt d\n');
    expect(job.run.failures[0]).toMatchObject({
      miniBatch: 1,
      code: 'InputFetchFailed',
      files: ['c.txt'],
      failed: 1,
    });
    expect(job.run.progress).toMatchObject({ files: 4, failedFiles: 1, failedMiniBatches: 0 });
  });
});

describe('a URL on a host that does not share the machine of its callers', () => {
  const workspace = useWorkspace({ BATCHPOINT_LOCAL_FILES: 'false' });

  test.each([
    ['http://example.com/x', 'it has to start with https://'],
    ['https://127.0.0.1/x', 'it leads to the host itself'],
    ['https://localhost/x', 'it leads to the host itself'],
    ['https://169.254.169.254/metadata', 'it leads into a private network'],
    ['https://[::ffff:10.0.0.1]/x', 'it leads into a private network'],
    ['https://user:pass@example.com/x', 'it holds a user name or a password'],
  ])('like %s is not fetched', async (url, reason) => {
    const refused = workspace().services.inputs.resolve(url);
    await expect(refused).rejects.toMatchObject({ code: 'InputUriUnsafe' });
    await expect(refused).rejects.toThrow(reason);
  });

  test('that names a file of its disk is refused', async () => {
    await expect(workspace().services.inputs.resolve('file:///etc/passwd')).rejects.toMatchObject({
      code: 'LocalPathNotShared',
    });
  });
});
