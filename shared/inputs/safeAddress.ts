import ipaddr from 'ipaddr.js';

/** The virtual address of the Azure platform, which looks public. */
const platformAddress = '168.63.129.16';

/** What kind of place an IP address is: of the public internet, this machine itself, or anything else. */
export function placeOfAddress(address: string): 'public' | 'loopback' | 'private' {
  if (!ipaddr.isValid(address)) return 'private';
  // `process` turns an IPv4 address that is mapped into IPv6 back into what it means.
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'loopback') return 'loopback';
  return parsed.range() === 'unicast' && parsed.toString() !== platformAddress ? 'public' : 'private';
}
