import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContainerClient, RestError } from '@azure/storage-blob';
import { useApi } from '../../support/api';

interface Secrets {
  readonly sasToken: string;
}

interface ShownDatastore {
  readonly properties: Readonly<Record<'protocol' | 'accountName' | 'endpoint' | 'containerName', string>>;
}

describe('The Blob protocol in front of the default datastore', () => {
  const api = useApi();
  let service: string;
  let container: ContainerClient;

  beforeAll(async () => {
    const { body } = await api.send<ShownDatastore>('GET', '/datastores/workspaceblobstore');
    const { protocol, accountName, endpoint, containerName } = body.properties;
    service = `${protocol}://${accountName}.blob.${endpoint}`;
    const secrets = await api.send<Secrets>('POST', '/datastores/workspaceblobstore/listSecrets');
    container = clientOf(containerName, secrets.body.sasToken);
  });

  const clientOf = (name: string, signature: string): ContainerClient =>
    new ContainerClient(`${service}/${name}?${signature}`, undefined, { retryOptions: { maxTries: 1 } });
  const upload = (name: string, content: string): Promise<unknown> =>
    container.getBlockBlobClient(name).upload(content, Buffer.byteLength(content));
  const textOf = async (name: string): Promise<string> =>
    (await container.getBlobClient(name).downloadToBuffer()).toString();
  const codeOf = async (work: Promise<unknown>): Promise<[number | undefined, string | undefined]> => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof RestError)) throw new Error(`It was not refused: ${String(error)}`);
    return [error.statusCode, error.code];
  };

  test('takes a blob whole, and gives it with what was said of it', async () => {
    const blob = container.getBlockBlobClient('whole/ü & <1>.txt');
    const headers = { blobContentType: 'text/plain' };
    await blob.upload('content', 7, { metadata: { team: 'vision' }, blobHTTPHeaders: headers });
    expect(await textOf('whole/ü & <1>.txt')).toBe('content');
    const { contentLength, contentType, metadata, etag } = await blob.getProperties();
    expect({ contentLength, contentType, metadata }).toEqual({
      ...{ contentLength: 7, contentType: 'text/plain', metadata: { team: 'vision' } },
    });
    expect(etag).toMatch(/^"0x[0-9A-F]+"$/);
  });

  test('puts blocks together in the order of their list, byte for byte', async () => {
    const content = randomBytes(5 * 1024 * 1024 + 17);
    const [from, to] = [join(api.host.folder, 'large.bin'), join(api.host.folder, 'back.bin')];
    writeFileSync(from, content);
    const options = { blockSize: 1024 * 1024, maxSingleShotSize: 1024, concurrency: 4 };
    await container.getBlockBlobClient('large.bin').uploadFile(from, options);
    await container.getBlobClient('large.bin').downloadToFile(to);
    expect(readFileSync(to).equals(content)).toBe(true);
  });

  test('takes the same list of blocks again, as its answer may have been lost', async () => {
    const blob = container.getBlockBlobClient('again');
    const [one = '', two = ''] = ['one', 'two'].map((id) => Buffer.from(id).toString('base64'));
    await blob.stageBlock(one, 'first ', 6);
    await blob.stageBlock(two, 'second', 6);
    const options = { metadata: { team: 'vision' }, conditions: { ifNoneMatch: '*' } };
    const { etag } = await blob.commitBlockList([one, two], options);
    expect((await blob.commitBlockList([one, two], options)).etag).toBe(etag);
    expect(await textOf('again')).toBe('first second');
    expect((await blob.getProperties()).metadata).toEqual({ team: 'vision' });
    expect(await codeOf(blob.commitBlockList([two, one]))).toEqual([400, 'InvalidBlockList']);
    await blob.stageBlock(one, 'third', 5);
    expect(await codeOf(blob.commitBlockList([one], options))).toEqual([409, 'BlobAlreadyExists']);
    await blob.commitBlockList([one]);
    expect(await textOf('again')).toBe('third');
  });

  test('refuses a list that names a block which was not sent', async () => {
    const blob = container.getBlockBlobClient('missing-block');
    expect(await codeOf(blob.commitBlockList([Buffer.from('none').toString('base64')]))).toEqual([
      ...[400, 'InvalidBlockList'],
    ]);
  });

  test('gives a range of a blob, and refuses one behind its end', async () => {
    await upload('range', '0123456789');
    const blob = container.getBlobClient('range');
    expect((await blob.downloadToBuffer(3, 4)).toString()).toBe('3456');
    expect(await codeOf(blob.download(10, 5))).toEqual([416, 'InvalidRange']);
  });

  test('changes what is said of a blob, and its content type, and keeps its bytes', async () => {
    await upload('labels', 'content');
    const blob = container.getBlobClient('labels');
    await blob.setHTTPHeaders({ blobContentType: 'text/csv' });
    await blob.setMetadata({ upload_status: 'completed' });
    const { contentType, metadata } = await blob.getProperties();
    expect({ contentType, metadata }).toEqual({
      contentType: 'text/csv',
      metadata: { upload_status: 'completed' },
    });
    expect(await textOf('labels')).toBe('content');
  });

  test('lists in order, page by page, and folder by folder', async () => {
    for (const name of ['list/b/2', 'list/a', 'list/b/1', 'list/c/1', 'other']) await upload(name, 'x');
    const names: string[] = [];
    for await (const page of container.listBlobsFlat({ prefix: 'list/' }).byPage({ maxPageSize: 2 }))
      names.push(page.segment.blobItems.map(({ name }) => name).join(' '));
    expect(names).toEqual(['list/a list/b/1', 'list/b/2 list/c/1']);
    const entries: string[] = [];
    for await (const entry of container.listBlobsByHierarchy('/', { prefix: 'list/' }))
      entries.push(entry.name);
    expect(entries.sort()).toEqual(['list/a', 'list/b/', 'list/c/']);
  });

  test('deletes a blob, which is not there then', async () => {
    await upload('gone', 'x');
    await container.deleteBlob('gone');
    expect(await container.getBlobClient('gone').exists()).toBe(false);
    expect(await codeOf(container.deleteBlob('gone'))).toEqual([404, 'BlobNotFound']);
  });

  test('writes only what is as the request wants it', async () => {
    const blob = container.getBlockBlobClient('conditions');
    await blob.upload('1', 1, { conditions: { ifNoneMatch: '*' } });
    expect(await codeOf(blob.upload('2', 1, { conditions: { ifNoneMatch: '*' } }))).toEqual([
      ...[409, 'BlobAlreadyExists'],
    ]);
    const { etag = '' } = await blob.getProperties();
    await blob.upload('2', 1, { conditions: { ifMatch: etag } });
    expect(await codeOf(blob.upload('3', 1, { conditions: { ifMatch: etag } }))).toEqual([
      412,
      'ConditionNotMet',
    ]);
    expect(await textOf('conditions')).toBe('2');
  });

  test('refuses content that is not what its digest says, and keeps nothing of it', async () => {
    const url = `${container.getBlobClient('digest').url}`;
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-md5': Buffer.alloc(16).toString('base64') };
    const answer = await fetch(url, { method: 'PUT', headers, body: 'content' });
    expect([answer.status, answer.headers.get('x-ms-error-code')]).toEqual([400, 'Md5Mismatch']);
    expect(await container.getBlobClient('digest').exists()).toBe(false);
  });

  test('lets nobody in without a signature, with one that was changed, or with that of another container', async () => {
    const signature = new URL(container.url).search.slice(1);
    const read = (client: ContainerClient): Promise<unknown> => client.getBlobClient('whole').download();
    const without = await fetch(`${service}/workspaceblobstore/whole`);
    expect([without.status, without.headers.get('x-ms-error-code')]).toEqual([
      401,
      'NoAuthenticationInformation',
    ]);
    const later = signature.replace(/se=\d{4}/, 'se=2999');
    expect(await codeOf(read(clientOf('workspaceblobstore', later)))).toEqual([403, 'AuthenticationFailed']);
    expect(await codeOf(read(clientOf('batchpoint', signature)))).toEqual([403, 'AuthenticationFailed']);
    expect(await codeOf(read(clientOf('upload-other', signature)))).toEqual([403, 'AuthenticationFailed']);
  });

  test('shows of the artifacts what is a job or a model, to be read only', async () => {
    const { body } = await api.send<Secrets>('POST', '/datastores/workspaceartifactstore/listSecrets');
    const artifacts = clientOf('azureml', body.sasToken);
    const found: string[] = [];
    for await (const blob of artifacts.listBlobsFlat()) found.push(blob.name);
    expect(found).toEqual([]);
    const blob = artifacts.getBlockBlobClient('assets/models/mine');
    expect(await codeOf(blob.upload('x', 1))).toEqual([403, 'AuthorizationPermissionMismatch']);
    expect(await codeOf(artifacts.getBlobClient('jobs/x').download())).toEqual([404, 'BlobNotFound']);
  });

  test.each([
    '..%2F..%2Fissuer-key.json',
    '%2e%2e/issuer-key.json',
    'a/..%2f..%2f..%2fissuer-key.json',
    'a%5Cb',
  ])('leads to nothing outside of the container by the name %s', async (name) => {
    const url = new URL(container.url);
    const answer = await api.send('GET', `/${url.pathname}/${name}${url.search}`, { token: null });
    expect([400, 403, 404]).toContain(answer.status);
    const written = await api.send('PUT', `/${url.pathname}/${name}${url.search}`, {
      ...{ token: null, body: 'x', headers: { 'x-ms-blob-type': 'BlockBlob' } },
    });
    expect([400, 403, 404]).toContain(written.status);
  });
});
