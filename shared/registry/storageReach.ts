import { lookup } from 'node:dns/promises';
import { failure } from '../errors/batchpointError';
import { placeOfAddress } from '../inputs/safeAddress';
import type { AzureContainerPlace } from '../stores/stores';

/** The blob services of Azure Storage, in its public and its sovereign clouds. */
const azureStorage =
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.blob\.(core\.windows\.net|core\.usgovcloudapi\.net|core\.chinacloudapi\.cn|storage\.azure\.net)$/;

/**
 * Checks that a storage account which a caller has named may be entered by a host that others share: by https, not
 * inside the host's own network, and by the identity of the app only where it is surely Azure Storage, as a token of
 * that opens more than one account. A name that later leads elsewhere gains nothing: whatever answers there would need
 * a certificate for it. Azure Storage may well have a private address. Fails with `DatastoreUnsafe`.
 */
export async function checkStorageReach(place: Omit<AzureContainerPlace, 'container'>): Promise<void> {
  const unsafe = (reason: string): Error => failure('DatastoreUnsafe', { url: place.serviceUrl, reason });
  const url = URL.parse(place.serviceUrl);
  if (url === null) throw unsafe('it is not a URL');
  if (url.protocol !== 'https:') throw unsafe('it has to start with https://');
  if (azureStorage.test(url.hostname)) return;
  if (place.accountKey === undefined && place.sasToken === undefined)
    throw unsafe(
      'the identity of the app is for Azure Storage alone; anything else needs an account key or a SAS token',
    );
  for (const address of await addressesOf(url.hostname)) {
    const where = placeOfAddress(address);
    if (where === 'loopback') throw unsafe('it leads to the host itself');
    if (where === 'private') throw unsafe('it leads into a private network');
  }
}

/** An address leads to itself; a name that leads nowhere is told by whoever uses it. */
async function addressesOf(hostname: string): Promise<string[]> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
