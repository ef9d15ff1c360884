import {
  BlobServiceClient,
  ContainerSASPermissions,
  type BlobClient,
  type ContainerClient,
} from '@azure/storage-blob';
import { ProductHost, type ShownJob } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';
import {
  azuriteAccount,
  azuriteKey,
  connectionStringOf,
  startAzurite,
  type Azurite,
} from '../support/azurite';
import { startFaultyProxy, type FaultyProxy, type SeenRequest } from '../support/faultyProxy';
import { packagesPython } from '../support/pythonPackages';
import { awkwardScript, oracleRows } from '../support/rowsOracle';

const files = 350;

describe('a job whose data is in Azure Storage', () => {
  let azurite: Azurite;
  let blobProxy: FaultyProxy;
  let tableProxy: FaultyProxy;
  let host: ProductHost;
  let inputs: ContainerClient;
  let folder: string;
  let expected: string;

  beforeAll(async () => {
    azurite = await startAzurite();
    blobProxy = await startFaultyProxy(azurite.blobUrl);
    tableProxy = await startFaultyProxy(azurite.tableUrl);
    const python = await packagesPython();
    host = new ProductHost({
      BATCHPOINT_STORAGE: 'azure',
      AzureWebJobsStorage: connectionStringOf(blobProxy.url, tableProxy.url),
      BATCHPOINT_PYTHON: python,
      BATCHPOINT_CLAIM_SECONDS: '0.3',
      BATCHPOINT_MAX_PARALLELISM: '2',
    });
    await host.start();
    await host.endpoint('oracle', awkwardScript, { miniBatchSize: 5, resources: { instanceCount: 2 } });
    folder = host.inputs(files);
    expected = oracleRows(host, python, { endpoint: 'oracle', input: folder, miniBatchSize: 5 });
    inputs = service().getContainerClient('inputs');
    await inputs.create();
    for (let i = 0; i < files; i++) {
      const content = String(i);
      const name = `set/f${String(i).padStart(6, '0')}.txt`;
      await inputs.getBlockBlobClient(name).upload(content, content.length);
    }
    await host.ask('PUT', '/datastores/mine', {
      properties: {
        datastoreType: 'AzureBlob',
        accountName: azuriteAccount,
        containerName: 'inputs',
        endpoint: blobProxy.url,
        credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
      },
    });
  });

  afterEach(() => {
    blobProxy.fail();
    blobProxy.forget();
  });

  afterAll(async () => {
    await host.close();
    await blobProxy.stop();
    await tableProxy.stop();
    await azurite.stop();
  });

  /** The storage account, past the proxies. */
  const service = (): BlobServiceClient => BlobServiceClient.fromConnectionString(azurite.connectionString);

  /** The predictions of a job, where they lie by default. */
  const outputOf = (job: string): BlobClient =>
    service().getContainerClient('workspaceblobstore').getBlobClient(`azureml/${job}/score/predictions.csv`);

  const contentOf = async (blob: BlobClient): Promise<string> => (await blob.downloadToBuffer()).toString();

  const invoke = async (path: string, properties: object = {}): Promise<ShownJob> =>
    (await host.ask('POST', '/batchEndpoints/oracle/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path }, ...properties },
    })) as ShownJob;

  const datastoreFolder = 'azureml://datastores/mine/paths/set';

  const signedFolder = async (): Promise<string> => {
    const permissions = ContainerSASPermissions.parse('rl');
    const signed = await inputs.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) });
    return `${azurite.blobUrl}/inputs/set${new URL(signed).search}`;
  };

  const expectWhole = async (name: string): Promise<ShownJob> => {
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: files, filesFailed: files / 7 },
    });
    expect(await contentOf(outputOf(name))).toBe(expected);
    return job;
  };

  const isOf = (job: string, request: SeenRequest): boolean =>
    request.url.includes(`/azureml/${job}/score/predictions.csv`);
  const isCopy = ({ headers }: SeenRequest): boolean => 'x-ms-copy-source' in headers;

  test.each([
    ['a local folder, read in place', () => Promise.resolve(new URL(`file://${folder}`).href)],
    ['a folder of a datastore', () => Promise.resolve(datastoreFolder)],
    ['the URL of a folder in a container', signedFolder],
  ])('gives the rows of the bare loop for %s', async (_what, input) => {
    const { name } = await invoke(await input());
    const { properties } = await expectWhole(name);
    expect(properties.outputUri).toBe(
      `${blobProxy.url}/workspaceblobstore/azureml/${name}/score/predictions.csv`,
    );
    const { metadata } = await outputOf(name).getProperties();
    expect(metadata).toEqual({
      batchpoint_job: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      batchpoint_digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe(expected);
  });

  test('shows nothing at the output before the commit, which carries no byte through the host', async () => {
    const found: boolean[] = [];
    const isCommit = (request: SeenRequest): boolean =>
      request.method === 'PUT' && request.url.includes('comp=blocklist') && /\/score\//.test(request.url);
    blobProxy.fail((request) => {
      if (!isCommit(request)) return undefined;
      const [, job = ''] = /azureml\/([^/]+)\/score/.exec(request.url) ?? [];
      return { kind: 'delay', until: async () => found.push(await outputOf(job).exists()) };
    });
    const { name } = await invoke(datastoreFolder);
    await expectWhole(name);
    expect(found).toEqual([false]);

    const blocks = blobProxy.seen.filter((one) => isOf(name, one) && one.url.includes('comp=block&'));
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.filter((one) => !isCopy(one))).toEqual([]);
    const isOfRows = (url: unknown): boolean =>
      /\/parts\/[^?]*\.rows\?/.test(decodeURIComponent(String(url)));
    expect(blocks.filter(({ headers }) => !isOfRows(headers['x-ms-copy-source']))).toEqual([]);
    const rowsRead = blobProxy.seen.filter(({ method, url }) => method === 'GET' && isOfRows(url));
    expect(rowsRead).toEqual([]);
  });

  test('gives the same rows when the host is killed on the way', async () => {
    const { name } = await invoke(datastoreFolder, { environmentVariables: { SLOW: '0.06' } });
    for (const done of [20, 120]) {
      const { properties } = await until(
        () => host.job(name),
        ({ properties: seen }) => (seen.progress['filesDone'] ?? 0) >= done,
      );
      expect(properties.status).toBe('Running');
      await host.kill();
      await host.start();
    }
    await expectWhole(name);
  });

  test('commits once, though the host is killed when the service has done it and not yet answered', async () => {
    let kills = 0;
    blobProxy.fail((request) => {
      const isCommit = request.method === 'PUT' && request.url.includes('comp=blocklist');
      if (!isCommit || !request.url.includes('/score/') || kills > 0) return undefined;
      kills += 1;
      return { kind: 'loseAnswer' };
    });
    const { name } = await invoke(datastoreFolder);
    await until(
      () => outputOf(name).exists(),
      (exists) => exists,
    );
    const { etag } = await outputOf(name).getProperties();
    await host.kill();
    await host.start();
    await expectWhole(name);
    expect((await outputOf(name).getProperties()).etag).toBe(etag);
  });

  test('that is cancelled ends at once, and leaves nothing at the output', async () => {
    await host.endpoint('hangs', 'import time\ndef run(mini_batch):\n    time.sleep(600)\n', {
      retrySettings: { timeout: 'PT1H' },
    });
    const { name } = (await host.ask('POST', '/batchEndpoints/hangs/jobs', {
      properties: { dataset: { dataInputType: 'DataUrl', path: datastoreFolder } },
    })) as ShownJob;
    await until(
      () => host.job(name),
      ({ properties }) => properties.status === 'Running',
    );
    await host.ask('POST', `/jobs/${name}/cancel`);
    expect((await host.finished(name)).properties.status).toBe('Canceled');
    expect(await outputOf(name).exists()).toBe(false);
  });

  test('that crosses its error threshold fails with the reason, and leaves nothing at the output', async () => {
    const { name } = await invoke(datastoreFolder, { errorThreshold: 7 });
    const { properties } = await host.finished(name);
    expect(properties).toMatchObject({ status: 'Failed', error: { code: 'ErrorThresholdExceeded' } });
    expect(await outputOf(name).exists()).toBe(false);
  });

  test('refuses an output that is there, before anything is scored', async () => {
    const blob = service().getContainerClient('inputs').getBlockBlobClient('out/predictions.csv');
    await blob.upload('mine', 4);
    const place = { outputDataset: { datastoreId: 'azureml:mine', path: 'out' } };
    await expect(invoke(datastoreFolder, place)).rejects.toThrow('OutputExists');
    expect(await contentOf(blob)).toBe('mine');
  });

  test('takes a folder of this machine neither for its output nor for a datastore', async () => {
    const place = { outputDataset: { path: new URL(`file://${host.folder}/out`).href } };
    await expect(invoke(datastoreFolder, place)).rejects.toThrow('LocalFolderUnsupported');
  });
});
