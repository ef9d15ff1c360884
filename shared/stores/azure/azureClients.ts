import { AzureNamedKeyCredential, AzureSASCredential, TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { AzureAccess, AzureAccount } from './azureAccount';
import type { AzureLimits, AzureOptions } from './azureOptions';
import { addConditionalRemovals } from './conditionalRemovals';
import { ownIdentity } from './ownIdentity';

const longestDelay = 20_000;

/** The client of a blob service, which tries again by itself. Nothing is asked of the service yet. */
export async function makeBlobClient(
  { blobUrl, access }: Pick<AzureAccount, 'blobUrl' | 'access'>,
  limits: AzureLimits,
  options: AzureOptions,
): Promise<BlobServiceClient> {
  return blobClient(blobUrl, await entryOf(access, options.credential), limits);
}

/** The client of a table, as that of the blob service. */
export async function makeTableClient(
  { tableUrl, access }: AzureAccount,
  table: string,
  limits: AzureLimits,
  options: AzureOptions,
): Promise<TableClient> {
  const client = tableClient(tableUrl, table, await entryOf(access, options.credential), limits);
  addConditionalRemovals(client);
  return client;
}

type Entry =
  | Extract<AzureAccess, { kind: 'key' | 'signature' }>
  | { readonly kind: 'identity'; readonly credential: TokenCredential };

async function entryOf(access: AzureAccess, given: TokenCredential | undefined): Promise<Entry> {
  if (access.kind !== 'identity') return access;
  return { kind: 'identity', credential: given ?? (await ownIdentity(access.clientId ?? '')) };
}

function blobClient(url: string, entry: Entry, limits: AzureLimits): BlobServiceClient {
  const retryOptions = {
    maxTries: limits.tries,
    retryDelayInMs: limits.firstDelay,
    maxRetryDelayInMs: longestDelay,
  };
  switch (entry.kind) {
    case 'key': {
      const credential = new StorageSharedKeyCredential(entry.account, entry.key);
      return new BlobServiceClient(url, credential, { retryOptions });
    }
    case 'signature':
      return new BlobServiceClient(`${url}?${entry.query}`, undefined, { retryOptions });
    case 'identity':
      return new BlobServiceClient(url, entry.credential, { retryOptions });
  }
}

function tableClient(url: string, table: string, entry: Entry, limits: AzureLimits): TableClient {
  const options = {
    retryOptions: {
      maxRetries: limits.tries - 1,
      retryDelayInMs: limits.firstDelay,
      maxRetryDelayInMs: longestDelay,
    },
    // Only emulators are reached without TLS: settings with an identity ask for it.
    allowInsecureConnection: url.startsWith('http:'),
  };
  switch (entry.kind) {
    case 'key':
      return new TableClient(url, table, new AzureNamedKeyCredential(entry.account, entry.key), options);
    case 'signature':
      return new TableClient(url, table, new AzureSASCredential(entry.query), options);
    case 'identity':
      return new TableClient(url, table, entry.credential, options);
  }
}
