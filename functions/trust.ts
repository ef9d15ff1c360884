import { SharedAccess } from '../shared/blobService/sharedAccess';
import { failure } from '../shared/errors/batchpointError';
import { audiences } from '../shared/security/audiences';
import { issuerKey, type IssuerKey } from '../shared/security/issuerKey';
import { knownKeys, publicKeySet } from '../shared/security/issuerKeys';
import { JobLinks } from '../shared/security/jobLinks';
import { RemoteKeys } from '../shared/security/remoteKeys';
import { localIssuer } from '../shared/security/tokens';
import { TokenVerifier, type TrustedIssuer } from '../shared/security/tokenVerifier';
import type { Settings } from './settings';

/** Whom the app believes what. */
export interface Trust {
  readonly tokens: TokenVerifier;
  /** Links to the pages of jobs; `undefined` where there is no key to seal them with. */
  readonly links: JobLinks | undefined;
  /** Signatures for the blobs of the local store; `undefined` where there is no key to make them with. */
  readonly access: SharedAccess | undefined;
  /** The key that this app is an issuer with; `undefined` where it is none. */
  readonly ownKey: IssuerKey | undefined;
}

/** Makes what the settings say. Fails with `StateFolderMissing` where nobody's tokens would be accepted. */
export async function trustOf({ stateFolder, issuers }: Settings, now: () => Date): Promise<Trust> {
  if (issuers.local && stateFolder === undefined) throw failure('StateFolderMissing', {});
  if (!issuers.local && issuers.remote.length === 0) throw failure('StateFolderMissing', {});
  const key = stateFolder === undefined ? undefined : await issuerKey(stateFolder);
  const ownKey = issuers.local ? key : undefined;
  const trusted = issuers.remote.map((issuer): TrustedIssuer => ({
    issuer,
    keys: new RemoteKeys(issuer, now),
    audiences: issuers.audiences,
  }));
  if (ownKey !== undefined) trusted.push(await localTrust(ownKey));
  const links = key === undefined ? undefined : new JobLinks(key.linkSecret, now);
  const access = key === undefined ? undefined : new SharedAccess(key.storageSecret, now);
  return { tokens: new TokenVerifier(trusted, now), links, access, ownKey };
}

async function localTrust(key: IssuerKey): Promise<TrustedIssuer> {
  return {
    issuer: localIssuer,
    keys: knownKeys(await publicKeySet(key)),
    audiences: { data: [audiences.data], management: [audiences.management] },
  };
}
