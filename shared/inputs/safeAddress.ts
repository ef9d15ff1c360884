import ipaddr from 'ipaddr.js';

/** IPv4 addresses written as IPv6 ones in a form that is long out of use: some systems still take them for what they hold. */
const compatible = ipaddr.parseCIDR('::/96');

/** The virtual address of the Azure platform, which looks public. */
const platformAddress = '168.63.129.16';

/** What kind of place an IP address is: of the public internet, this machine itself, or anything else. */
export function placeOfAddress(address: string): 'public' | 'loopback' | 'private' {
  if (!ipaddr.isValid(address)) return 'private';
  // `process` turns an IPv4 address that is mapped into IPv6 back into what it means.
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'loopback') return 'loopback';
  if (parsed.kind() === 'ipv6' && parsed.match(compatible)) return 'private';
  return parsed.range() === 'unicast' && parsed.toString() !== platformAddress ? 'public' : 'private';
}
