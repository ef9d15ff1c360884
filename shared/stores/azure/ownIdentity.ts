import type { TokenCredential } from '@azure/identity';

const identities = new Map<string, TokenCredential>();

/** The identity of the process. There is one for all its clients, as each of them keeps tokens of its own. */
export async function ownIdentity(clientId: string): Promise<TokenCredential> {
  // Large and slow to load, so those with a key do without it.
  const { DefaultAzureCredential } = await import('@azure/identity');
  const known = identities.get(clientId);
  if (known !== undefined) return known;
  const identity = new DefaultAzureCredential(clientId === '' ? {} : { managedIdentityClientId: clientId });
  identities.set(clientId, identity);
  return identity;
}

/** A token of the identity of the process for a service that no client is made for. */
export async function ownToken(scope: string, clientId = ''): Promise<string> {
  const identity = await ownIdentity(clientId);
  return (await identity.getToken(scope))?.token ?? '';
}
