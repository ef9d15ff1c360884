import { readAzureAccount } from '../../../shared/stores/azure/azureAccount';

const key = Buffer.from('not a real key, but 64 bytes long as those of Azure accounts are').toString(
  'base64',
);

describe('a connection string', () => {
  const read = (connectionString: string): unknown => readAzureAccount({ kind: 'azure', connectionString });

  test('as the portal gives it leads to the services of the account', () => {
    const text = `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${key};EndpointSuffix=core.windows.net`;
    expect(read(text)).toEqual({
      blobUrl: 'https://acme.blob.core.windows.net',
      tableUrl: 'https://acme.table.core.windows.net',
      access: { kind: 'key', account: 'acme', key },
    });
  });

  test('may leave out what has a default, and be written in any case, with spaces and a semicolon at the end', () => {
    expect(read(` accountname = acme ; ACCOUNTKEY=${key}; ;`)).toMatchObject({
      blobUrl: 'https://acme.blob.core.windows.net',
      access: { key },
    });
  });

  test('may name the services and another cloud', () => {
    const text = `AccountName=acme;AccountKey=${key};EndpointSuffix=core.chinacloudapi.cn;BlobEndpoint=https://b.example/`;
    expect(read(text)).toMatchObject({
      blobUrl: 'https://b.example',
      tableUrl: 'https://acme.table.core.chinacloudapi.cn',
    });
  });

  test('may have a shared access signature instead of a key', () => {
    const text =
      'BlobEndpoint=https://b.example;TableEndpoint=https://t.example;SharedAccessSignature=?sv=1&sig=abc%3D';
    expect(read(text)).toEqual({
      blobUrl: 'https://b.example',
      tableUrl: 'https://t.example',
      access: { kind: 'signature', query: 'sv=1&sig=abc%3D' },
    });
  });

  test('of the development storage leads to an emulator on this machine', () => {
    expect(read('UseDevelopmentStorage=true')).toMatchObject({
      blobUrl: 'http://127.0.0.1:10000/devstoreaccount1',
      tableUrl: 'http://127.0.0.1:10002/devstoreaccount1',
      access: { kind: 'key', account: 'devstoreaccount1' },
    });
  });

  test.each([
    ['without a key', 'AccountName=acme', 'AccountKey'],
    ['without an account', `AccountKey=${key}`, 'AccountName'],
    ['with a key that is none', `AccountName=acme;AccountKey=${key}!`, 'base64'],
    ['that is none', 'somewhere in the cloud', 'Name=value'],
    ['without the tables', 'BlobEndpoint=https://b.example;SharedAccessSignature=sig=abc', 'table'],
    ['with an endpoint that is no URL', `AccountName=acme;AccountKey=${key};BlobEndpoint=b.example`, 'blob'],
    [
      'with a signature in an endpoint',
      `AccountName=a;AccountKey=${key};BlobEndpoint=https://b/?sig=abc`,
      'blob',
    ],
    ['with another protocol', `DefaultEndpointsProtocol=ftp;AccountName=acme;AccountKey=${key}`, 'http'],
  ])('%s is refused in words that keep its secrets', (_case, text, named) => {
    const error = ((): unknown => {
      try {
        return read(text);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toMatchObject({ code: 'StoreSettingInvalid' });
    expect(String(error)).toContain(named);
    expect(String(error)).not.toContain(key);
    expect(String(error)).not.toContain('abc');
  });
});

describe('the URLs of the services', () => {
  const read = (blobServiceUrl: string): unknown =>
    readAzureAccount({
      kind: 'azure',
      blobServiceUrl,
      tableServiceUrl: 'https://t.example',
      clientId: 'c0ffee',
    });

  test('are entered by an identity', () => {
    expect(read('https://b.example/')).toEqual({
      blobUrl: 'https://b.example',
      tableUrl: 'https://t.example',
      access: { kind: 'identity', clientId: 'c0ffee' },
    });
  });

  test.each(['http://b.example', 'b.example', 'https://b.example/?sv=1', 'https://me:secret@b.example', ''])(
    'cannot be %j: a token goes there',
    (url) => {
      expect(() => read(url)).toThrow(expect.objectContaining({ code: 'StoreSettingInvalid' }));
    },
  );
});
