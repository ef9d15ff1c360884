import type { AzureOptions } from './azure/azureOptions';
import type { StoreSettings } from './settings';
import type { OwnStores, Stores } from './stores';

/**
 * Opens the stores that the settings name. Each driver is loaded only when it is asked for: a host of local
 * files need not carry the Azure packages, and an app in Azure must start where SQLite does not exist.
 */
export async function openStores(settings: StoreSettings, options: AzureOptions = {}): Promise<Stores> {
  const own = await openOwn(settings, options);
  const clientId = 'clientId' in settings ? settings.clientId : undefined;
  return {
    ...own,
    azureContainer: (place) => azureDriver().openAzureContainer(place, options, clientId),
    azureService: (place) => azureDriver().openAzureService(place, options, clientId),
  };
}

function openOwn(settings: StoreSettings, options: AzureOptions): Promise<OwnStores> {
  switch (settings.kind) {
    case 'local':
      return localDriver().openLocalStores(settings.folder);
    case 'azure':
      return azureDriver().openAzureStores(settings, options);
  }
}

function localDriver(): typeof import('./local/openLocalStores') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
  return require('./local/openLocalStores') as typeof import('./local/openLocalStores');
}

function azureDriver(): typeof import('./azure/openAzureStores') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
  return require('./azure/openAzureStores') as typeof import('./azure/openAzureStores');
}
