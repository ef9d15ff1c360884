import { patience } from '../openedStores';
import { scratchPath } from '../scratchFolder';
import { runProcess } from './childProcess';

jest.setTimeout(patience);

describe('opening stores loads no other driver', () => {
  const loadedBy = async (settings: object): Promise<string[]> => {
    const { output, errors } = await runProcess('loadingProcess.ts', JSON.stringify(settings));
    expect(errors).toBe('');
    return JSON.parse(output) as string[];
  };

  test('local stores need no package of Azure', async () => {
    expect(await loadedBy({ kind: 'local', folder: scratchPath() })).toEqual(['sqlite']);
  });

  test('stores in Azure need no SQLite, and with a key no identities', async () => {
    const endpoints = 'BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a';
    const connectionString = `AccountName=a;AccountKey=${Buffer.alloc(64).toString('base64')};${endpoints}`;
    const loaded = await loadedBy({ kind: 'azure', connectionString });
    expect(loaded).toContain('@azure/storage-blob');
    expect(loaded).toContain('@azure/data-tables');
    expect(loaded).not.toContain('@azure/identity');
    expect(loaded).not.toContain('sqlite');
  });
});
