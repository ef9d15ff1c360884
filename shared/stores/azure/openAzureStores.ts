import { failure } from '../../errors/batchpointError';
import { checkContainerName } from '../blobName';
import type { BlobStore } from '../blobStore';
import type { AzureIdentitySettings, AzureKeySettings } from '../settings';
import { type AzureContainerPlace, type OwnStores, productContainer, type SignedService } from '../stores';
import { type AzureAccount, readAzureAccount, readAzurePlace } from './azureAccount';
import { AzureBlobStore } from './azureBlobStore';
import { makeBlobClient, makeTableClient } from './azureClients';
import { AzureContainer } from './azureContainer';
import { type AzureLimits, type AzureOptions, defaultLimits } from './azureOptions';
import { AzureTableStore } from './azureTableStore';
import { CopySources } from './copySources';
import { ServiceCalls } from './serviceCalls';
import { signedService } from './signedAccess';

/**
 * Opens the stores of a storage account, and makes the product's container and table where they are missing.
 */
export async function openAzureStores(
  settings: AzureKeySettings | AzureIdentitySettings,
  options: AzureOptions = {},
): Promise<OwnStores> {
  const account = readAzureAccount(settings);
  const limits = { ...defaultLimits, ...options };
  const { open, service, make, remove, old } = await containersOf(account, limits, options);
  const blobs = open(productContainer, true);
  const tableCalls = new ServiceCalls(account.tableUrl, limits.callLimit);
  const tables = new AzureTableStore(
    await makeTableClient(account, productContainer, limits, options),
    tableCalls,
  );
  await Promise.all([blobs.open(), tables.open()]);
  return {
    tables,
    blobs,
    container: (name) => open(name, true),
    makeContainer: make,
    removeContainer: remove,
    oldContainers: old,
    // A signature that the app itself has opens the whole account: it is passed on to nobody.
    ...(account.access.kind === 'signature' ? {} : { service }),
    localFolder: (folder) => {
      throw failure('LocalFolderUnsupported', { folder });
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Opens a container of any account. Whether it is there shows with its first use. `clientId` chooses the
 * identity for a place without key and signature.
 */
export async function openAzureContainer(
  place: AzureContainerPlace,
  options: AzureOptions = {},
  clientId?: string,
): Promise<BlobStore> {
  const limits = { ...defaultLimits, ...options };
  const { open } = await containersOf(readAzurePlace(place, clientId), limits, options);
  return open(place.container, false);
}

/** The service of the account that a place names. */
export async function openAzureService(
  place: AzureContainerPlace,
  options: AzureOptions = {},
  clientId?: string,
): Promise<SignedService> {
  const limits = { ...defaultLimits, ...options };
  return (await containersOf(readAzurePlace(place, clientId), limits, options)).service;
}

interface Containers {
  readonly service: SignedService;
  readonly open: (name: string, isMade: boolean) => AzureBlobStore;
  readonly make: (name: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly old: (prefix: string, before: Date) => Promise<readonly string[]>;
}

/** How the containers of one account are opened, made where they are missing or not. */
async function containersOf(
  account: Pick<AzureAccount, 'blobUrl' | 'access'>,
  limits: AzureLimits,
  options: AzureOptions,
): Promise<Containers> {
  const client = await makeBlobClient(account, limits, options);
  const calls = new ServiceCalls(account.blobUrl, limits.callLimit);
  const sources = new CopySources(client, account.access, calls);
  return {
    service: signedService(client, account.access, calls),
    open: (name, isMade) => {
      checkContainerName(name);
      const container = new AzureContainer(client.getContainerClient(name), limits.callLimit, isMade);
      return new AzureBlobStore(container, sources, limits);
    },
    make: async (name) => {
      checkContainerName(name);
      await calls.ask((abortSignal) => client.getContainerClient(name).createIfNotExists({ abortSignal }));
    },
    remove: async (name) => {
      checkContainerName(name);
      await calls.ask((abortSignal) => client.getContainerClient(name).deleteIfExists({ abortSignal }));
    },
    old: (prefix, before) =>
      calls.ask(async (abortSignal) => {
        const names: string[] = [];
        for await (const { name, properties } of client.listContainers({ prefix, abortSignal }))
          if (properties.lastModified < before) names.push(name);
        return names;
      }),
  };
}
