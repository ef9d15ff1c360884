import { ProductHost } from '../../../bench/product/productHost';
import { failure } from '../../../shared/errors/batchpointError';
import { ask } from '../../support/hostRequest';
import { workspacePath } from '../../support/api';

const service = '/batchpoint.blob.local';

describe('A request of the Blob protocol that no client sends', () => {
  const host = new ProductHost();
  let signature: string;

  beforeAll(async () => {
    await host.start();
    const path = `${workspacePath}/datastores/workspaceblobstore/listSecrets`;
    const headers = { authorization: `Bearer ${await host.token('management')}` };
    const { body } = await ask(host.url, path, { method: 'POST', headers });
    signature = (JSON.parse(body) as { sasToken: string }).sasToken;
  });
  afterAll(() => host.close());

  const send = async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
  ): Promise<[number, unknown]> => {
    const url = `${service}/${path}${path.includes('?') ? '&' : '?'}${signature}`;
    const sent = { method, headers, ...(body === undefined ? {} : { body }) };
    const answer = await ask(host.url, url, sent);
    return [answer.status, answer.headers['x-ms-error-code']];
  };
  const block = { headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'content' };

  test.each([
    ['a text among its blocks', '<BlockList>text<Latest>YQ==</Latest></BlockList>'],
    ['a text alone', '<BlockList>text</BlockList>'],
    ['no text in a block', '<BlockList><Latest/></BlockList>'],
    ['blocks in blocks', '<BlockList><Latest><Latest>YQ==</Latest></Latest></BlockList>'],
    ['another root', '<Blocks><Latest>YQ==</Latest></Blocks>'],
    ['no root', 'text'],
    ['nothing', ''],
    ['no end', '<BlockList><Latest>'],
    ['more levels than anybody needs', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
    [
      'an entity',
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100_000)}">]><BlockList><Latest>&a;</Latest></BlockList>`,
    ],
  ])('is refused where its list of blocks has %s', async (_what, body) => {
    const [status, code] = await send('PUT', 'workspaceblobstore/list?comp=blocklist', { body });
    expect([status, code === 'InvalidXmlDocument' || code === 'InvalidBlockList']).toEqual([400, true]);
  });

  test.each([
    '..%2f..%2fissuer-key.json',
    'a/..%2f..%2f..%2fissuer-key.json',
    '%2fetc%2fpasswd',
    'a%00b',
    'a%5c..%5cb',
    'a//b',
    `${'x'.repeat(1_100)}`,
  ])('neither writes nor reads the name %s', async (name) => {
    const [status, code] = await send('PUT', `workspaceblobstore/${name}`, block);
    expect([status, code]).toEqual([400, 'InvalidResourceName']);
    expect(await send('GET', `workspaceblobstore/${name}`)).toEqual([404, 'BlobNotFound']);
  });

  test.each([
    ['DELETE', 'workspaceblobstore?restype=container'],
    ['PUT', 'workspaceblobstore/a?comp=lease'],
    ['PATCH', 'workspaceblobstore/a'],
  ])('is refused where it is an operation that there is not: %s %s', async (method, path) => {
    expect(await send(method, path)).toEqual([400, 'UnsupportedOperation']);
  });

  test.each(['batchpoint', 'azureml', 'upload-1', '%2e%2e%2fstate', 'workspaceblobstore%0aracwdl'])(
    'does not enter the container %s by the signature of another one',
    async (container) => {
      expect((await send('GET', `${container}/assets`))[0]).toBe(403);
      expect((await send('PUT', `${container}/assets`, block))[0]).toBe(403);
    },
  );

  test('is refused under a name that is not that of this machine', async () => {
    const list = 'workspaceblobstore?restype=container&comp=list';
    expect((await send('GET', list))[0]).toBe(200);
    const [status] = await send('GET', list, { headers: { host: 'batchpoint.example.com' } });
    expect(status).toBe(failure('HostHeaderRefused', { host: '' }).status);
  });
});
