import { type Environment, readStoreSettings } from '../../../shared/stores/settings';

describe('the settings of the stores', () => {
  const connectionString = 'UseDevelopmentStorage=true';

  test.each<[string, Environment, unknown]>([
    [
      'local storage in a folder',
      { BATCHPOINT_STORAGE: 'local', BATCHPOINT_STATE: '/var/lib/batchpoint' },
      { kind: 'local', folder: '/var/lib/batchpoint' },
    ],
    [
      'local storage, though an account is set for the Functions host',
      { BATCHPOINT_STORAGE: 'LOCAL', BATCHPOINT_STATE: 'state', AzureWebJobsStorage: connectionString },
      { kind: 'local', folder: 'state' },
    ],
    [
      'the account of the app',
      { AzureWebJobsStorage: connectionString },
      { kind: 'azure', connectionString },
    ],
    [
      'the account of the app, asked for',
      { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: connectionString },
      { kind: 'azure', connectionString },
    ],
    [
      'an account by its name',
      { AzureWebJobsStorage__accountName: 'acme' },
      {
        kind: 'azure',
        blobServiceUrl: 'https://acme.blob.core.windows.net',
        tableServiceUrl: 'https://acme.table.core.windows.net',
      },
    ],
    [
      'an account by the URLs of its services, with an identity of several',
      {
        AzureWebJobsStorage__blobServiceUri: 'https://b.example',
        AzureWebJobsStorage__tableServiceUri: 'https://t.example',
        AzureWebJobsStorage__clientId: 'c0ffee',
      },
      {
        kind: 'azure',
        blobServiceUrl: 'https://b.example',
        tableServiceUrl: 'https://t.example',
        clientId: 'c0ffee',
      },
    ],
    [
      'a URL that differs from the name of the account',
      { AzureWebJobsStorage__accountName: 'acme', AzureWebJobsStorage__tableServiceUri: 'https://t.example' },
      {
        kind: 'azure',
        blobServiceUrl: 'https://acme.blob.core.windows.net',
        tableServiceUrl: 'https://t.example',
      },
    ],
    [
      'the account of the app, where another variable is empty',
      { BATCHPOINT_STORAGE: '', BATCHPOINT_STATE: ' ', AzureWebJobsStorage: connectionString },
      { kind: 'azure', connectionString },
    ],
  ])('can be %s', (_case, environment, expected) => {
    expect(readStoreSettings(environment)).toEqual(expected);
  });

  test.each<[string, Environment, string, readonly string[]]>([
    ['nothing', {}, 'StoreSettingMissing', ['BATCHPOINT_STORAGE', 'BATCHPOINT_STATE', 'AzureWebJobsStorage']],
    [
      'local storage without a folder',
      { BATCHPOINT_STORAGE: 'local' },
      'StoreSettingMissing',
      ['BATCHPOINT_STATE'],
    ],
    [
      'Azure without an account',
      { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: '' },
      'StoreSettingMissing',
      ['AzureWebJobsStorage__accountName'],
    ],
    [
      'the URL of one service of two',
      { AzureWebJobsStorage__blobServiceUri: 'https://b.example' },
      'StoreSettingMissing',
      ['AzureWebJobsStorage__tableServiceUri'],
    ],
    [
      'another kind of storage',
      { BATCHPOINT_STORAGE: 's3' },
      'StoreSettingInvalid',
      ['BATCHPOINT_STORAGE', "'s3'", "'local'", "'azure'"],
    ],
  ])('cannot be %s, and the error says what to set', (_case, environment, code, named) => {
    const read = (): unknown => readStoreSettings(environment);
    expect(read).toThrow(expect.objectContaining({ code }));
    for (const name of named) expect(read).toThrow(name);
  });
});
