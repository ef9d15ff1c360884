/** The account of a blob service as clients take it: they make its URL from the parts again. */
export function accountOf(serviceUrl: string): {
  readonly accountName: string;
  readonly endpoint: string;
  readonly protocol: string;
} {
  const [, protocol = 'https', rest = ''] = /^(https?):\/\/(.*)$/.exec(serviceUrl) ?? [];
  const [, accountName, endpoint] = /^(.+)\.blob\.([^/]+)$/.exec(rest) ?? [];
  if (accountName !== undefined && endpoint !== undefined) return { protocol, accountName, endpoint };
  // The emulator has its account behind the address.
  return { protocol, accountName: rest.slice(rest.lastIndexOf('/') + 1), endpoint: serviceUrl };
}
