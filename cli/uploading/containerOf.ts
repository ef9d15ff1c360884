import type { AzureContainerPlace } from '../../shared/stores/stores';
import type { AnsweredDatastore } from '../client/resources';

/** The container that an answer of the host tells of. */
export function containerOf(properties: AnsweredDatastore['properties']): AzureContainerPlace {
  const { protocol = 'https', accountName = '', containerName = '', endpoint = '' } = properties;
  // An emulator has its account behind its address, and tells the URL whole.
  const isWhole = /^https?:/.test(endpoint);
  const serviceUrl = isWhole ? endpoint : `${protocol}://${accountName}.blob.${endpoint}`;
  return { serviceUrl, accountName, container: containerName };
}
