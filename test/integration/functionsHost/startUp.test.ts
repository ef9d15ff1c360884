import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuerKey } from '../../../shared/security/issuerKey';
import { LocalTokens } from '../../../shared/security/tokens';
import { startAzurite, type Azurite } from '../../support/azurite';
import { httpTrigger, timerTrigger, type HttpAnswer } from '../../support/functionsHostInputs';
import { FunctionsWorker } from '../../support/functionsWorker';
import { makeFolder, removeFolders } from '../../support/hostApp';
import { OidcServer } from '../../support/oidcServer';
import { ignoredPaths, packedApp, productionPackages } from '../../support/packedApp';

const projectRoot = join(__dirname, '../../..');

describe('The app as it is deployed: packed, with the packages of production, and without SQLite', () => {
  const { root, files } = packedApp();
  let azurite: Azurite;
  let worker: FunctionsWorker | undefined;

  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterEach(async () => {
    await worker?.kill();
  });
  afterAll(async () => {
    await azurite.stop();
    removeFolders();
  });

  const start = async (settings: NodeJS.ProcessEnv = {}): Promise<FunctionsWorker> =>
    (worker = await FunctionsWorker.start(settings, root));
  const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

  test('holds what a host looks for: host.json, and the main of package.json', () => {
    expect(readJson('package.json')).toMatchObject({ main: 'dist/functions/index.js' });
    expect(files).toEqual(expect.arrayContaining(['host.json', 'dist/functions/index.js', 'package.json']));
    expect(readJson('host.json')).toEqual(JSON.parse(readFileSync(join(projectRoot, 'host.json'), 'utf8')));
  });

  test('holds the Python part of the scorers, and no settings or state of a machine', () => {
    const python = ['worker', 'scoring', 'results', 'output_folder', 'mlflow_scorer'];
    expect(files).toEqual(
      expect.arrayContaining(python.map((name) => `dist/shared/scoring/python/${name}.py`)),
    );
    expect(files.filter((file) => /settings\.json$|\.batchpoint|\.env|^test\//.test(file))).toEqual([]);
  });

  test('leaves out of Azure what is only of this machine, settings and state above all', () => {
    const ignored = ignoredPaths();
    expect(ignored).toEqual(
      expect.arrayContaining(['/local.settings.json', '/.batchpoint/', '/dist/local/']),
    );
    expect(
      ignored.filter((path) => /^\/(dist\/?|node_modules\/?|host\.json|package\.json)$/.test(path)),
    ).toEqual([]);
    const versioned = readFileSync(join(projectRoot, '.gitignore'), 'utf8').split('\n');
    expect(versioned).toEqual(expect.arrayContaining(['local.settings.json', '.batchpoint/']));
  });

  test('starts without any setting, and says that it is well', async () => {
    const answer = await get(await start(), 'health', { url: 'http://localhost:7071/health' });
    expect(answer.statusCode).toBe('200');
    expect(bodyOf(answer)).toMatchObject({ status: 'Healthy' });
  });

  test.each([
    ['the folder of the key', {}, 'StateFolderMissing', 'BATCHPOINT_STATE'],
    ['the storage', { BATCHPOINT_STATE: makeFolder() }, 'StoreSettingMissing', 'AzureWebJobsStorage'],
    [
      'a storage that can be',
      { BATCHPOINT_STATE: makeFolder(), AzureWebJobsStorage: 'AccountName=only' },
      'StoreSettingInvalid',
      'AccountKey',
    ],
  ])('without %s, answers with the error and what to set', async (_what, settings, code, named) => {
    const running = await start(settings);
    const answer = await get(running, 'listEndpoints', {});
    expect(answer.statusCode).toBe('500');
    expect(bodyOf(answer)).toMatchObject({
      error: { code, message: expect.stringContaining(named) as string },
    });
    const tick = running.invoke('recoverJobs', timerTrigger(running.trigger('recoverJobs')));
    await expect(tick).rejects.toMatchObject({ message: expect.stringContaining(named) as string });
  });

  test('with the two settings that it needs, serves from Azure Storage, by production packages alone', async () => {
    const state = makeFolder();
    const running = await start({
      BATCHPOINT_STATE: state,
      AzureWebJobsStorage: azurite.connectionString,
    });
    const { accessToken } = await new LocalTokens(await issuerKey(state), () => new Date()).issue(
      'management',
    );
    const answer = await get(running, 'listEndpoints', { authorization: `Bearer ${accessToken}` });
    expect(bodyOf(answer)).toEqual({ value: [] });

    const { files: loaded, builtins } = await running.modules();
    expect(builtins.filter((name) => /sqlite/.test(name))).toEqual([]);
    const production = productionPackages();
    const packages = loaded.filter((file) => file.startsWith('node_modules/')).map(packageOf);
    expect(packages).toEqual(expect.arrayContaining(['node_modules/@azure/data-tables']));
    expect([...new Set(packages)].filter((name) => !production.includes(name))).toEqual([]);
    expect(loaded.filter((file) => file.startsWith('dist/shared/stores/local/'))).toEqual([]);
  });

  test('with an issuer elsewhere, serves without a state folder, and shows no pages of jobs', async () => {
    const issuer = await OidcServer.start();
    try {
      const running = await start({
        BATCHPOINT_ISSUER: issuer.issuer,
        AzureWebJobsStorage: azurite.connectionString,
      });
      const claims = { aud: 'https://management.azure.com', roles: ['Endpoints.Read'] };
      const token = await issuer.token(await issuer.addKey('one'), claims);
      const answer = await get(running, 'listEndpoints', { authorization: `Bearer ${token}` });
      expect(bodyOf(answer)).toEqual({ value: [] });
      const page = await get(running, 'studioJob', {});
      expect(page.statusCode).toBe('404');
      expect(Buffer.from(page.body?.bytes ?? []).toString()).toContain('BATCHPOINT_STATE');
      expect((await get(running, 'issuerKeys', {})).statusCode).toBe('404');
    } finally {
      await issuer.stop();
    }
  });

  async function get(
    running: FunctionsWorker,
    name: string,
    { url = 'http://localhost:7071/', ...headers }: Record<string, string>,
  ): Promise<HttpAnswer> {
    return running.http(name, httpTrigger(running.trigger(name), { method: 'GET', url, headers }));
  }
});

describe('host.json', () => {
  const settings = JSON.parse(readFileSync(join(projectRoot, 'host.json'), 'utf8')) as Record<
    string,
    unknown
  >;

  test('is of version 2.0, with the extension bundle that has the Durable extension', () => {
    expect(settings['version']).toBe('2.0');
    expect(settings['extensionBundle']).toEqual({
      id: 'Microsoft.Azure.Functions.ExtensionBundle',
      version: '[4.*, 5.0.0)',
    });
  });

  test('puts nothing before the routes: they are those of the management API', () => {
    expect(settings['extensions']).toMatchObject({ http: { routePrefix: '' } });
  });

  test('names the task hub, and lets a killed activity come back within half a minute', () => {
    expect(settings['extensions']).toMatchObject({
      durableTask: {
        // Letters and digits only: queues, tables and containers are named after it.
        hubName: expect.stringMatching(/^[A-Za-z][A-Za-z0-9]{2,44}$/) as string,
        storageProvider: {
          workItemQueueVisibilityTimeout: '00:00:30',
          maxQueuePollingInterval: '00:00:01',
        },
      },
    });
  });

  test('sets no function timeout: the app and its host both read it from one setting', () => {
    expect(settings).not.toHaveProperty('functionTimeout');
  });
});

function bodyOf({ body }: HttpAnswer): unknown {
  return JSON.parse(Buffer.from(body?.bytes ?? []).toString());
}

/** The package that a file below node_modules belongs to; the outermost one where it lies in another. */
function packageOf(file: string): string {
  return /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file;
}
