import {
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
  type BlobServiceClient,
} from '@azure/storage-blob';
import type { SignedService } from '../stores';
import type { AzureAccess } from './azureAccount';
import type { ServiceCalls } from './serviceCalls';

/** Clocks of clients and service differ. */
const clockTolerance = 5 * 60_000;

/**
 * The service of an account for clients that are given signatures: made with the key of the account, or with one that
 * the service gives to the identity of the process. Who has a signature instead can only pass that on.
 */
export function signedService(
  client: BlobServiceClient,
  access: AzureAccess,
  calls: ServiceCalls,
): SignedService {
  const url = calls.store;
  // Only emulators are reached without TLS.
  const protocol = url.startsWith('http:') ? SASProtocol.HttpsAndHttp : SASProtocol.Https;
  return {
    url,
    async sign(containerName, allowed, expiresOn) {
      if (access.kind === 'signature') return access.query;
      const startsOn = new Date(Date.now() - clockTolerance);
      const permissions = ContainerSASPermissions.parse(allowed);
      const values = { containerName, permissions, startsOn, expiresOn, protocol };
      if (access.kind === 'key') {
        const credential = new StorageSharedKeyCredential(access.account, access.key);
        return generateBlobSASQueryParameters(values, credential).toString();
      }
      const key = await calls.ask((abortSignal) =>
        client.getUserDelegationKey(startsOn, expiresOn, { abortSignal }),
      );
      return generateBlobSASQueryParameters(values, key, client.accountName).toString();
    },
  };
}
