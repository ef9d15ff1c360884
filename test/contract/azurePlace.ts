import type { AzureOptions } from '../../shared/stores/azure/azureOptions';
import { openStores } from '../../shared/stores/openStores';
import { startAzurite } from '../support/azurite';
import { openedStores, type OpenedStores } from './openedStores';

/** Azure stores in an Azurite of their own. */
export async function openAzurePlace(options: AzureOptions = {}): Promise<OpenedStores> {
  const azurite = await startAzurite();
  const settings = { kind: 'azure', connectionString: azurite.connectionString } as const;
  return openedStores(() => openStores(settings, options), azurite.stop);
}
