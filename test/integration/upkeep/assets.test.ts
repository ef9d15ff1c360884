import { pathToFileURL } from 'node:url';
import { collectLeftovers } from '../../../shared/collecting/collectLeftovers';
import { collectUploads } from '../../../shared/collecting/collectUploads';
import type { CollectedKind } from '../../../shared/collecting/collection';
import { uploadContainerPrefix } from '../../../shared/blobService/serviceUrl';
import { checkedDeployment } from '../../../shared/registry/deploymentChecks';
import type { Deployment } from '../../../shared/registry/deployments';
import { noteClearing } from '../../../shared/registry/clearedContents';
import { writeDeployment } from '../../../shared/registry/writeDeployment';
import { restBodies } from '../../../shared/schemas/restBodies';
import type { AssetVersion } from '../../../shared/registry/versionedAssets';
import type { Stores } from '../../../shared/stores/stores';
import { nodeEcho } from '../../support/nodeScript';
import { useAzureWorkspace } from '../../support/useAzureWorkspace';
import { useWorkspace } from '../../support/useWorkspace';
import { wrapped } from '../../support/wrapped';

const onDisk = useWorkspace();
const { workspace: inAzure } = useAzureWorkspace();

async function only<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item;
  throw new Error('There is none.');
}

describe.each([
  ['on disk', onDisk],
  ['in Azure', inAzure],
] as const)('Assets %s', (_where, workspace) => {
  beforeAll(() => workspace().endpoint('echo', nodeEcho, {}, 'score.mjs'));

  async function model(name: string, version = '1'): Promise<void> {
    const modelUri = pathToFileURL(workspace().write(`${name}-${version}.txt`, name)).href;
    const body = restBodies.modelVersion({ properties: { modelUri } });
    await workspace().services.registry.models.register(name, version, body);
  }

  /** Names of what is freed of a kind; everything counts as old. */
  async function free(
    only: CollectedKind | readonly CollectedKind[],
    dryRun = false,
    olderThan = -3_600,
  ): Promise<string[]> {
    const { collections } = workspace().services;
    const { id } = await collections.begin({ only: [only].flat(), olderThan, dryRun });
    await collections.advance(id, { milliseconds: 60_000, state: () => Promise.resolve('over') });
    return ((await collections.report(id))?.items ?? []).map(({ name }) => name);
  }

  async function deployment(name: string, assetId: string): Promise<Deployment> {
    const { registry } = workspace().services;
    const { value } = await registry.deployments('echo').get('main');
    const body = restBodies.batchDeployment({
      properties: {
        model: { referenceType: 'Id', assetId },
        codeConfiguration: { codeId: `azureml:${value.code?.name}:1`, scoringScript: 'score.mjs' },
        compute: 'azureml:cpu',
      },
    });
    return checkedDeployment(registry, name, body, new Date().toISOString());
  }

  test('that are archived go with their content, all others stay', async () => {
    const { versions } = workspace().services.registry.models;
    await model('kept');
    await model('old');
    await model('old', '2');
    await versions.label({ name: 'old', version: '1' }, { isArchived: true });
    const { content } = (await versions.get({ name: 'old', version: '1' })).value;
    // It is long ago that it was made, but not that it was archived: it may have been of use until then.
    const { tables } = workspace().services.stores;
    const rows = 'models:old';
    const { row, etag, value } = await only(tables.query<AssetVersion<object>>(rows, { limit: 1 }));
    expect(value.archivedAt).toBeDefined();
    const made = { ...value, createdAt: '2020-01-01T00:00:00.000Z' };
    await tables.commit(rows, [{ kind: 'replace', row, value: made, etag }]);
    expect(await free('versions', true, 3_600)).toEqual([]);
    expect(await free('versions', true)).toEqual(['model old:1']);
    expect(await free('versions')).toEqual(['model old:1']);
    expect(await free('versions')).toEqual([]);
    expect((await versions.listVersions('old')).map(({ version }) => version)).toEqual(['2']);
    const { blobs } = workspace().services.stores;
    for await (const page of blobs.list(content.prefix)) expect(page).toEqual([]);
    expect(await versions.find('kept', '1')).toBeDefined();
    await model('old', '1');
    expect(await versions.find('old', '1')).toBeDefined();
  });

  test('that a deployment or a recorded job names stay, though they are archived or were made up', async () => {
    const { registry, jobs } = workspace().services;
    const { versions } = registry.models;
    const name = 'model-0123456789abcdef';
    await model(name);
    await registry.deployments('echo').put('other', await deployment('other', `azureml:${name}:1`));
    expect(await free('versions')).toEqual([]);
    const job = await workspace().run(
      await workspace().invoke('echo', workspace().inputs(1), {}, { deployment: 'other' }),
    );
    await registry.deployments('echo').remove('other');
    expect(await free('versions')).toEqual([]);
    expect(await versions.find(name, '1')).toBeDefined();
    expect((await jobs.get(job.spec.name)).spec.model.name).toBe(name);
    // A dry run names what becomes free by what it names, as what goes is gone for good.
    const seen = await free(['jobs', 'versions'], true);
    expect(seen).toContain(`model ${name}:1`);
    expect(await free(['jobs', 'versions'])).toEqual(seen);
  });

  test('that are marked for removal are kept where they turn out to be used, and refused to who comes later', async () => {
    const { registry } = workspace().services;
    const { versions } = registry.models;
    await model('raced');
    const endpoint = await registry.endpoints.get('echo');
    const made = await deployment('late', 'azureml:raced:1');
    const write = (name: string): Promise<unknown> =>
      writeDeployment(registry, { endpoint, name, deployment: made, condition: {} });
    let refused: unknown;
    const isGone = await versions.removeUnused({ name: 'raced', version: '1' }, async () => {
      refused = await write('late').catch((error: unknown) => error);
      return false;
    });
    expect([isGone, refused]).toEqual([true, expect.objectContaining({ code: 'VersionNotFound' })]);
    expect(await registry.deployments('echo').find('late')).toBeUndefined();
    await model('raced', '2');
    expect(await versions.removeUnused({ name: 'raced', version: '2' }, () => Promise.resolve(true))).toBe(
      false,
    );
    expect(await versions.find('raced', '2')).toBeDefined();
  });

  test('whose removal was broken off are removed by the next one, or found again where they are used', async () => {
    const { versions } = workspace().services.registry.models;
    await model('half');
    await model('half', '2');
    const broken = versions.removeUnused({ name: 'half', version: '1' }, () =>
      Promise.reject(new Error('died')),
    );
    await expect(broken).rejects.toThrow('died');
    expect(await versions.find('half', '1')).toBeUndefined();
    await expect(versions.get({ name: 'half', version: '1' })).rejects.toMatchObject({
      code: 'VersionNotFound',
    });
    expect(await free('versions')).toEqual(['model half:1']);
  });

  /** The collector of uploads on a clock that is some days ahead. */
  async function freeUploads(days: number, stores: Stores = workspace().services.stores): Promise<string[]> {
    const { registry } = workspace().services;
    const now = (): Date => new Date(Date.now() + days * 86_400_000);
    const collect = collectUploads({ stores, registry, now });
    const names: string[] = [];
    const over = (): Promise<'over'> => Promise.resolve('over');
    const request = { only: [], dryRun: false, before: now(), state: over };
    for await (const { item } of collect(request, undefined)) if (item !== undefined) names.push(item.name);
    return names;
  }

  test('that were uploaded and never registered go a day later', async () => {
    const { stores } = workspace().services;
    const container = `${uploadContainerPrefix}abandoned`;
    await stores.makeContainer(container);
    await stores.container(container).write('model/model.txt', 'a model');
    expect(await freeUploads(0)).toEqual([]);
    expect(await freeUploads(2)).toContain('upload abandoned');
    expect(await stores.oldContainers(uploadContainerPrefix, new Date(Date.now() + 60_000))).toEqual([]);
  });

  test('whose content was taken in and never named go a day later, and those that are named stay', async () => {
    const { stores, registry } = workspace().services;
    await stores.blobs.write('assets/models/nameless/0001/file.txt', 'a file');
    await stores.blobs.write('assets/models/nameless/0001.files.json', '[]');
    await model('named');
    const { content } = (await registry.models.versions.get({ name: 'named', version: '1' })).value;
    expect(await freeUploads(0)).toEqual([]);
    expect(await freeUploads(2)).toEqual(['unregistered content of nameless']);
    expect(await stores.blobs.stat('assets/models/nameless/0001/file.txt')).toBeUndefined();
    expect(await stores.blobs.stat(`${content.prefix}${content.root}`)).toBeDefined();
  });

  test('whose content is cleared away while somebody still registers it are not made', async () => {
    const { registry, stores } = workspace().services;
    const create = registry.models.versions.create.bind(registry.models.versions);
    registry.models.versions.create = async (made) => {
      await noteClearing(stores.tables, made.value.content.prefix, new Date());
      return create(made);
    };
    try {
      await expect(model('slow')).rejects.toMatchObject({ code: 'ResourceDeleting' });
    } finally {
      registry.models.versions.create = create;
    }
    expect(await registry.models.versions.find('slow', '1')).toBeUndefined();
    // The other way round: it is named just when it is to be cleared away.
    await stores.blobs.write('assets/models/fast/0001/file.txt', 'a file');
    const tables = wrapped(stores.tables, {
      commit: async (partition, changes) => {
        const content = {
          prefix: 'assets/models/fast/0001/',
          root: 'file.txt',
          files: 1,
          bytes: 6,
          digest: 'd',
        };
        const value = { type: 'custom_model' as const, content, tags: {}, properties: {} };
        const createdAt = new Date().toISOString();
        if (partition === 'cleared-contents')
          await registry.models.versions.create({
            name: 'fast',
            version: '1',
            createdAt,
            digest: 'd',
            value,
          });
        return stores.tables.commit(partition, changes);
      },
    });
    const freed = await freeUploads(2, wrapped(stores, { tables }));
    expect(freed).not.toContain('unregistered content of fast');
    expect(await stores.blobs.stat('assets/models/fast/0001/file.txt')).toBeDefined();
  });

  test('of jobs: parts of attempts that did not count go an hour later, those that count stay', async () => {
    const job = await workspace().run(await workspace().invoke('echo', workspace().inputs(3)));
    const { stores, ...services } = workspace().services;
    const { blobs } = stores;
    const prefix = `jobs/${job.spec.key}/`;
    const lost = [`${prefix}parts/0-0-99.rows`, `${prefix}manifest/lost/00000000.json`];
    for (const name of lost) await blobs.write(name, 'lost');
    const names = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const page of blobs.list(prefix)) found.push(...page.map(({ name }) => name));
      return found.sort();
    };
    const before = await names();
    const clear = async (hours: number): Promise<string[]> => {
      const now = (): Date => new Date(Date.now() + hours * 3_600_000);
      const collect = collectLeftovers({ ...services, blobs, now, clearMachine: () => Promise.resolve([]) });
      const over = (): Promise<'over'> => Promise.resolve('over');
      const request = { only: [], dryRun: false, before: now(), state: over };
      const found: string[] = [];
      for await (const { item } of collect(request, undefined)) if (item !== undefined) found.push(item.name);
      return found;
    };
    expect(await clear(0)).toEqual([]);
    expect(await names()).toEqual(before);
    expect(await clear(2)).toEqual([`attempts of job ${job.spec.name}`]);
    expect(await names()).toEqual(before.filter((name) => !lost.includes(name)));
  });
});
