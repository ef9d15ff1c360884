import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patience, useAzureMl, type FailedCall } from '../../support/azureMl/azureMl';

interface ShownAsset {
  readonly name: string;
  readonly version: string;
  readonly type: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

describe('The package azure-ai-ml, unchanged', () => {
  const azureMl = useAzureMl();
  let results: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    const { commandLine } = azureMl;
    for (const which of ['first', 'second']) {
      commandLine.file(`${which}-model/weights/model.bin`, `the ${which} model`);
      commandLine.file(`${which}-data/a.txt`, `the ${which} data`);
      commandLine.file(`${which}-data/b/c d.txt`, `more of the ${which} data`);
    }
    commandLine.file('a file.txt', 'one file');
    results = await azureMl.calls('assets.py');
  }, patience);

  test('gets and lists the workspace', () => {
    expect(results['workspaces.get']).toEqual(['my-workspace', 'local']);
    expect(results['workspaces.list']).toEqual(['batchpoint']);
  });

  test('gets the default datastore, by its name and as the default', () => {
    expect(results['datastores.get']).toBe('DatastoreType.AZURE_BLOB');
    expect(results['datastores.get_default']).toBe('workspaceblobstore');
  });

  test('makes, lists and deletes a datastore', () => {
    expect(results['datastores.create_or_update']).toBe('container');
    expect(results['datastores.list']).toEqual(expect.arrayContaining(['workspaceblobstore', 'elsewhere']));
    expect(results['datastores.delete']).toBeNull();
    expect(results['datastores after delete']).not.toContain('elsewhere');
  });

  test('makes, gets, lists, changes and deletes a compute', () => {
    expect(results['compute.begin_create_or_update']).toBe(3);
    expect(results['compute.get']).toBe(3);
    expect(results['compute.list']).toEqual(['cpu']);
    expect(results['compute.begin_update']).toBe(5);
    expect(results['compute.begin_delete']).toBeNull();
    expect(results['compute after delete']).toEqual([]);
  });

  describe.each([
    ['models', 'custom_model'],
    ['data', 'uri_folder'],
    ['environments', null],
  ])('of %s', (kind, type) => {
    const of = (call: string): unknown => results[`${kind}.${call}`];

    test('makes versions, which count up', () => {
      const made = (version: string, which: string): ShownAsset => ({
        ...{ name: 'asset', version, type, tags: { which } },
      });
      expect(of('create_or_update')).toEqual(made('1', 'first'));
      expect(of('create_or_update again')).toEqual(made('2', 'second'));
    });

    test('gets a version, and the newest one', () => {
      expect(of('get')).toMatchObject({ name: 'asset', version: '1', tags: { which: 'first' } });
      expect(of('get latest')).toBe('2');
    });

    test('lists all, and all versions of one', () => {
      expect(of('list')).toContain('asset');
      expect(of('list versions')).toEqual(['2', '1']);
    });

    test('archives a version, and restores it', () => {
      expect(of('archive version')).toBeNull();
      expect(of('list without it')).toEqual(['1']);
      expect(of('list with it')).toEqual(['2', '1']);
      expect(of('restore version')).toBeNull();
      expect(of('list restored')).toEqual(['2', '1']);
    });

    test('archives all versions, and restores them', () => {
      expect(of('archive')).toBeNull();
      expect(of('list archived')).not.toContain('asset');
      expect(of('restore')).toBeNull();
      expect(of('list all restored')).toContain('asset');
    });
  });

  test('uploads a single file as data, and as a model', () => {
    expect(results['data file']).toMatchObject({ name: 'file', version: '1', type: 'uri_file' });
    expect(results['model file']).toMatchObject({ name: 'file', version: '1' });
  });

  test('downloads a model as it was uploaded', () => {
    expect(results['models.download']).toBeNull();
    const file = join(azureMl.commandLine.folder, 'downloaded/asset/first-model/weights/model.bin');
    expect(readFileSync(file, 'utf8')).toBe('the first model');
  });

  test('fails at none of these calls', () => {
    const failed = Object.entries(results).filter(([, value]) => isFailed(value));
    expect(failed).toEqual([]);
  });
});

function isFailed(value: unknown): value is FailedCall {
  return typeof value === 'object' && value !== null && 'error' in value && 'message' in value;
}
