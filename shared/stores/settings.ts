import { failure } from '../errors/batchpointError';

/** Blobs as files and rows in SQLite, under a folder of this machine. */
export interface LocalStoreSettings {
  readonly kind: 'local';
  readonly folder: string;
}

/** Azure Storage by a connection string, with an account key or a shared access signature in it. */
export interface AzureKeySettings {
  readonly kind: 'azure';
  readonly connectionString: string;
}

/** Azure Storage by the identity of the process. `clientId` chooses among several managed identities. */
export interface AzureIdentitySettings {
  readonly kind: 'azure';
  readonly blobServiceUrl: string;
  readonly tableServiceUrl: string;
  readonly clientId?: string;
}

/** Where Batchpoint keeps its blobs and rows. */
export type StoreSettings = LocalStoreSettings | AzureKeySettings | AzureIdentitySettings;

/** Variables of the environment by their names, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads from the environment where the data is kept. `BATCHPOINT_STORAGE` says `local` or `azure`; without
 * it, the storage account of the Functions app is taken, `AzureWebJobsStorage`. Fails with
 * `StoreSettingMissing` or `StoreSettingInvalid`, which name the variable to set. Empty variables count as
 * missing.
 */
export function readStoreSettings(environment: Environment): StoreSettings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const kind = read('BATCHPOINT_STORAGE');
  switch (kind?.toLowerCase()) {
    case 'local':
      return readLocal(read);
    case 'azure':
      return readAzure(read) ?? missing(`BATCHPOINT_STORAGE is 'azure': ${azureAdvice}.`);
    case undefined:
      return readAzure(read) ?? missing(`For this machine, ${localAdvice}. For Azure, ${azureAdvice}.`);
    default:
      throw failure('StoreSettingInvalid', {
        setting: 'BATCHPOINT_STORAGE',
        reason: `it is '${kind ?? ''}', and may be 'local' or 'azure'`,
      });
  }
}

type ReadVariable = (name: string) => string | undefined;

const localAdvice = "set BATCHPOINT_STORAGE to 'local' and BATCHPOINT_STATE to a folder";
const azureAdvice =
  'set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName to the name of an account, ' +
  'or both AzureWebJobsStorage__blobServiceUri and AzureWebJobsStorage__tableServiceUri';

function readLocal(read: ReadVariable): LocalStoreSettings {
  const folder = read('BATCHPOINT_STATE');
  if (folder === undefined) {
    return missing("BATCHPOINT_STORAGE is 'local': set BATCHPOINT_STATE to the folder that is to hold it.");
  }
  return { kind: 'local', folder };
}

function readAzure(read: ReadVariable): StoreSettings | undefined {
  const connectionString = read('AzureWebJobsStorage');
  if (connectionString !== undefined) return { kind: 'azure', connectionString };

  const account = read('AzureWebJobsStorage__accountName');
  const serviceUrl = (service: string): string | undefined =>
    read(`AzureWebJobsStorage__${service}ServiceUri`) ??
    (account === undefined ? undefined : `https://${account}.${service}.core.windows.net`);
  const [blobServiceUrl, tableServiceUrl] = [serviceUrl('blob'), serviceUrl('table')];
  if (blobServiceUrl === undefined || tableServiceUrl === undefined) return undefined;

  const clientId = read('AzureWebJobsStorage__clientId');
  return { kind: 'azure', blobServiceUrl, tableServiceUrl, ...(clientId === undefined ? {} : { clientId }) };
}

function missing(advice: string): never {
  throw failure('StoreSettingMissing', { advice });
}
