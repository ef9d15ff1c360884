import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import {
  azuriteAccount,
  azuriteKey,
  connectionStringOf,
  startAzurite,
  type Azurite,
} from '../../support/azurite';
import { CommandLine, type Running } from '../../support/commandLine';
import { firstOf, startFaultyProxy, type FaultyProxy, type SeenRequest } from '../../support/faultyProxy';
import { aProject } from '../../support/scoringFiles';

/** A host that reads no files of its callers, as one on another machine. */
class Elsewhere {
  readonly cli: CommandLine;
  private up: Running | undefined;
  private readonly visitors: CommandLine[] = [];

  constructor(settings: NodeJS.ProcessEnv = {}) {
    this.cli = new CommandLine({ BATCHPOINT_LOCAL_FILES: 'false', ...settings });
  }

  async start(...options: string[]): Promise<void> {
    this.up = this.cli.start(['up', ...options]);
    await this.up.until(/Batchpoint serves at/);
  }

  async close(): Promise<void> {
    this.up?.child.kill('SIGINT');
    await this.up?.finished;
    await Promise.all([this.cli, ...this.visitors].map((cli) => cli.close()));
  }

  get url(): string {
    return this.cli.hostInfo()?.url ?? '';
  }

  get httpsUrl(): string {
    return (this.cli.hostInfo() as { httpsUrl?: string } | undefined)?.httpsUrl ?? '';
  }

  /** A command line in a folder of its own, which has a copy of the key there, and no more. */
  visitor(settings: NodeJS.ProcessEnv): CommandLine {
    const visitor = new CommandLine(settings);
    this.visitors.push(visitor);
    const key = readFileSync(join(this.cli.state, 'issuer-key.json'));
    chmodSync(visitor.file('.batchpoint/issuer-key.json', key), 0o600);
    aProject(visitor);
    return visitor;
  }

  /** The files that were uploaded: their paths, and what shows whether one was written again. */
  uploads(): Map<string, number> {
    const root = join(this.cli.state, 'blobs', 'workspaceblobstore', 'LocalUpload');
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    return new Map(files.map((file) => [relative(root, file), statSync(file).ino]));
  }
}

const one = `name: one
model: {name: weights, version: 1, path: ./model}
code_configuration: {code: code, scoring_script: echo.py}
compute: azureml:cpu-cluster
settings: {mini_batch_size: 2}
`;

describe('A command line whose host is on another machine', () => {
  const host = new Elsewhere();
  let cli: CommandLine;
  beforeAll(async () => {
    await host.start('--https-port', '0');
    cli = host.visitor({ BATCHPOINT_HOST: host.httpsUrl, NODE_EXTRA_CA_CERTS: authorityOf(host) });
    await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  });
  afterAll(() => host.close());

  const invoke = (...input: string[]): Promise<{ name: string }> =>
    cli.json(['batch-endpoint', 'invoke', '-n', 'digits', ...input]);
  const rowsOf = async ({ name }: { name: string }): Promise<string[]> => {
    expect(await cli.run(['job', 'stream', '-n', name])).toMatchObject({ code: 0 });
    await cli.run(['job', 'download', '-n', name, '--download-path', `out/${name}`]);
    const file = join(cli.folder, 'out', name, 'named-outputs', 'score', 'predictions.csv');
    return readFileSync(file, 'utf8').trim().split('\n').sort();
  };
  const rows = ['f0.txt text 0', 'f1.txt text 1', 'f2.txt text 2', 'f3.txt text 3', 'f4.txt text 4'];

  test('uploads the model and the code of a deployment, and the folder of an input', async () => {
    cli.file('one.yml', one);
    await cli.json(['batch-endpoint', 'create', '-n', 'digits']);
    const create = ['batch-deployment', 'create', '-f', 'one.yml', '--endpoint-name', 'digits'];
    await cli.json([...create, '--set-default']);
    expect(await rowsOf(await invoke('--input', './input'))).toEqual(rows);
    const names = [...host.uploads().keys()].map((path) => path.replace(/^[0-9a-f]{64}\//, '')).sort();
    expect(names).toEqual([
      ...['code/echo.py', 'code/norun.py', 'code/picky.py', 'code/waiting.py'],
      ...['input/f0.txt', 'input/f1.txt', 'input/f2.txt', 'input/f3.txt', 'input/f4.txt'],
      'model/weights.txt',
    ]);
  });

  test('uploads the same content once, and what is missing of it again', async () => {
    const before = host.uploads();
    await invoke('--input-local-path', './input');
    await cli.json(['model', 'create', '-n', 'other', '--version', '1', '--path', './model']);
    expect(host.uploads()).toEqual(before);
    const lost = [...before.keys()].find((path) => path.endsWith('f3.txt')) ?? '';
    rmSync(join(host.cli.state, 'blobs', 'workspaceblobstore', 'LocalUpload', lost));
    expect(await rowsOf(await invoke('--input-local-path', './input'))).toEqual(rows);
    expect([...host.uploads().keys()].sort()).toEqual([...before.keys()].sort());
  });

  test('uploads the one file of an input, the input of a file, and what links lead to', async () => {
    expect(await rowsOf(await invoke('--input', 'input/f1.txt', '--input-type', 'uri_file'))).toEqual([
      'f1.txt text 1',
    ]);
    cli.file('linked/own #1 %41.txt', 'own');
    symlinkSync(join(cli.folder, 'input', 'f2.txt'), join(cli.folder, 'linked', 'link.txt'));
    cli.file('job.yml', 'inputs: {files: {type: uri_folder, path: ./linked}}\n');
    expect(await rowsOf(await invoke('-f', 'job.yml'))).toEqual(['link.txt text 2', 'own #1 %41.txt own']);
  });

  test('uploads a data asset, whose path is in the default datastore then', async () => {
    const create = [
      'data',
      'create',
      '-n',
      'files',
      '--version',
      '1',
      '--type',
      'uri_folder',
      '--path',
      'input',
    ];
    expect(await cli.json(create)).toMatchObject({
      path: expect.stringMatching(
        /^azureml:\/\/datastores\/workspaceblobstore\/paths\/LocalUpload\/[0-9a-f]{64}\/input$/,
      ) as string,
    });
    expect(await rowsOf(await invoke('--input', 'azureml:files:1'))).toEqual(rows);
  });

  test('uploads a large model in blocks, byte for byte, and tells how far it is', async () => {
    const content = randomBytes(33 * 1024 * 1024 + 5);
    cli.file('large/large.bin', content);
    const create = ['model', 'create', '-n', 'large', '--version', '1', '--path', './large'];
    const { code, stderr } = await cli.run(create);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Uploading large: \d+ % of 34\.6 MB$/m);
    await cli.run(['model', 'download', '-n', 'large', '--version', '1', '-p', 'back']);
    expect(readFileSync(join(cli.folder, 'back/large/large/large.bin')).equals(content)).toBe(true);
  });

  test('uploads what the endpoint of a file of 2021 brings along', async () => {
    await cli.json(['endpoint', 'create', '--type', 'batch', '-f', 'endpoint.yml', '-n', 'old']);
    const job = ['endpoint', 'invoke', '--type', 'batch', '-n', 'old', '--input-local-path', 'input'];
    expect(await rowsOf(await cli.json(job))).toEqual(rows);
  });

  test('is told that an output cannot be a folder of its machine', async () => {
    const args = ['--input', './input', '--output-path', './here'];
    const { code, stderr } = await cli.run(['batch-endpoint', 'invoke', '-n', 'digits', ...args]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('(LocalPathNotShared)');
  });

  test('is told about a folder without files, and about one that is not there', async () => {
    const none = await cli.run(['batch-endpoint', 'invoke', '-n', 'digits', '--input', './nowhere']);
    expect(none.stderr).toContain('(InputNotFound)');
    cli.file('empty/.batchpoint/state', 'no data');
    const empty = await cli.run(['batch-endpoint', 'invoke', '-n', 'digits', '--input', './empty']);
    expect(empty.stderr).toContain("(AssetEmpty) The folder of input 'empty' has no files");
  });

  test('needs no key where it is given tokens, and is told which role they miss for an upload', async () => {
    const given = async (...roles: string[]): Promise<NodeJS.ProcessEnv> => {
      const tokens = ['https://management.azure.com', 'https://ml.azure.com'].map((resource) => {
        const args = ['account', 'get-access-token', '--resource', resource];
        return cli.json<{ accessToken: string }>([...args, ...roles.flatMap((role) => ['--role', role])]);
      });
      const [management, data] = await Promise.all(tokens);
      return {
        BATCHPOINT_STATE: join(cli.folder, 'no key here'),
        BATCHPOINT_TOKEN_MANAGEMENT: management?.accessToken,
        BATCHPOINT_TOKEN_DATA: data?.accessToken,
      };
    };
    cli.file('fresh/file.txt', 'not yet uploaded');
    const args = ['batch-endpoint', 'invoke', '-n', 'digits', '--input', './fresh'];
    const refused = await cli.run(args, { env: await given('Endpoints.Read', 'Jobs.Invoke') });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain("(RoleMissing) The caller needs the role 'Endpoints.Write'");
    const job = await cli.json<{ name: string }>(args, {
      env: await given('Endpoints.Read', 'Endpoints.Write', 'Jobs.Invoke'),
    });
    expect(await rowsOf(job)).toEqual(['file.txt not yet uploaded']);
  });

  test('is told which certificate to trust', async () => {
    const env = { NODE_EXTRA_CA_CERTS: undefined };
    const list = await cli.run(['compute', 'list'], { env });
    expect(list).toMatchObject({ code: 4, stdout: '' });
    expect(list.stderr).toMatch(
      /\(HostUnreachable\) .*certificate.*NODE_EXTRA_CA_CERTS: tls\/authority\.pem/,
    );
    const create = ['model', 'create', '-n', 'untrusted', '--path', './model'];
    const model = await cli.run(create, { env: { ...env, BATCHPOINT_HOST: host.url } });
    expect(model.stderr).toMatch(
      /\(UploadImpossible\) The host at http:\S+ reads no files of this machine.*certificate.*NODE_EXTRA_CA_CERTS/,
    );
    expect(model.stderr).not.toContain('sig=');
  });
});

describe('A host on another machine', () => {
  const host = new Elsewhere({ BATCHPOINT_BLOB_SERVICE: '' });
  beforeAll(() => host.start());
  afterAll(() => host.close());

  test('without a Blob service says how one is had', async () => {
    const cli = host.visitor({ BATCHPOINT_HOST: host.url });
    const { code, stderr } = await cli.run(['model', 'create', '-n', 'weights', '--path', './model']);
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      `(UploadImpossible) The host at ${host.url} reads no files of this machine, and '${join(cli.folder, 'model')}' cannot be uploaded`,
    );
    expect(stderr).toContain("Start it with 'batchpoint up --https-port 7443'");
  });
});

describe('A host that keeps its data in Azure Storage', () => {
  let azurite: Azurite;
  let proxy: FaultyProxy;
  let host: Elsewhere;
  beforeAll(async () => {
    azurite = await startAzurite();
    proxy = await startFaultyProxy(azurite.blobUrl);
    const storage = connectionStringOf(proxy.url, azurite.tableUrl);
    host = new Elsewhere({ BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: storage });
    await host.start();
  });
  afterAll(async () => {
    await host.close();
    await proxy.stop();
    await azurite.stop();
  });

  test('gets uploads there, and none that changed on its way', async () => {
    const cli = host.visitor({ BATCHPOINT_HOST: host.url });
    const create = ['model', 'create', '-n', 'weights', '--version', '1', '--path', './model'];
    const uploads = async (): Promise<string[]> => {
      const key = new StorageSharedKeyCredential(azuriteAccount, azuriteKey);
      const service = new BlobServiceClient(azurite.blobUrl, key);
      const names: string[] = [];
      const found = service
        .getContainerClient('workspaceblobstore')
        .listBlobsFlat({ prefix: 'LocalUpload/' });
      for await (const { name } of found) names.push(name);
      return names;
    };
    const isUpload = ({ method, url }: SeenRequest): boolean =>
      method === 'PUT' && url.includes('/LocalUpload/');
    const change = (): Promise<void> => appendFile(join(cli.folder, 'model', 'weights.txt'), '2');
    proxy.fail(firstOf(1, isUpload, { kind: 'delay', until: change }));
    const changed = await cli.run(create);
    expect(changed).toMatchObject({ code: 1, stdout: '' });
    expect(changed.stderr).toContain('(UploadChanged)');
    expect(await uploads()).toEqual([]);
    expect(await cli.json(create)).toMatchObject({ name: 'weights', version: '1' });
    expect(await uploads()).toEqual([
      expect.stringMatching(/^LocalUpload\/[0-9a-f]{64}\/model\/weights\.txt$/),
    ]);
  });
});

function authorityOf({ cli }: Elsewhere): string {
  return join(cli.state, 'tls', 'authority.pem');
}
