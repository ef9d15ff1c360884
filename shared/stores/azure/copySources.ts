import {
  type BlobClient,
  BlobSASPermissions,
  type BlobServiceClient,
  StorageSharedKeyCredential,
  type UserDelegationKey,
} from '@azure/storage-blob';
import type { BlobStore } from '../blobStore';
import type { AzureAccess } from './azureAccount';
import type { ServiceCalls } from './serviceCalls';

const minute = 60_000;
/** Clocks differ. */
const clockSkew = 5 * minute;
const urlLifetime = 15 * minute;
const keyLifetime = 60 * minute;

/** A store whose blobs the blob service can read by itself, as a source to copy from. */
export interface CopyableStore extends BlobStore {
  /** A URL under which the blob can be read for some minutes. It is a secret. */
  copyUrl(name: string): Promise<string>;
}

export function isCopyable(store: BlobStore): store is CopyableStore {
  return 'copyUrl' in store;
}

/** Signs the URLs of blobs of one account, for reading one blob each. */
export class CopySources {
  private delegation: { readonly key: Promise<UserDelegationKey>; readonly until: number } | undefined;

  constructor(
    private readonly service: BlobServiceClient,
    private readonly access: AzureAccess,
    private readonly calls: ServiceCalls,
  ) {}

  async urlOf(blob: BlobClient): Promise<string> {
    const until = Date.now() + urlLifetime;
    const signing = { permissions: BlobSASPermissions.parse('r'), expiresOn: new Date(until) };
    if (this.service.credential instanceof StorageSharedKeyCredential) return blob.generateSasUrl(signing);
    // With a signature for all the account, the client's own URLs carry it already.
    if (this.access.kind === 'signature') return blob.url;
    return blob.generateUserDelegationSasUrl(signing, await this.delegationKey(until));
  }

  /** With an identity there is no key to sign with; the service lends one, which serves for many URLs. */
  private delegationKey(until: number): Promise<UserDelegationKey> {
    if (this.delegation !== undefined && this.delegation.until > until) return this.delegation.key;
    const now = Date.now();
    const end = now + keyLifetime;
    const key = this.calls.ask((abortSignal) =>
      this.service.getUserDelegationKey(new Date(now - clockSkew), new Date(end), { abortSignal }),
    );
    this.delegation = { key, until: end };
    key.catch(() => {
      this.delegation = undefined;
    });
    return key;
  }
}
