import { HostProof } from '../shared/security/hostProof';
import { issuerKey } from '../shared/security/issuerKey';

let made: Promise<HostProof> | undefined;

/**
 * The proof that this host has the key of its state folder. It needs nothing but the key: a host also says that it is
 * there where its other settings are of no use.
 */
export function hostProof(stateFolder: string): Promise<HostProof> {
  if (made === undefined) {
    made = issuerKey(stateFolder).then(({ hostSecret }) => new HostProof(hostSecret));
    made.catch(() => (made = undefined));
  }
  return made;
}
