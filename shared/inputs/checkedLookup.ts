import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { placeOfAddress } from './safeAddress';

/** Where connections that callers have asked for may lead. */
export interface AddressRules {
  /** Whether this machine itself is allowed: on a laptop, not in the cloud. */
  readonly allowLoopback: boolean;
  /** Finds the addresses of a name; as the machine does where it is left out. */
  readonly lookup?: typeof lookup;
}

/** The name of the error of a lookup that found an address which is never reached. */
export const unsafeAddress = 'UnsafeAddress';

/** The lookup of a connection: it gives out only addresses that may be reached. */
export function checkedLookup(rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    (rules.lookup ?? lookup)(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 4);
      const refused = addresses
        .map(({ address }) => refusalOf(address, rules))
        .find((one) => one !== undefined);
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        const reason = new Error(refused ?? 'the name has no address');
        return callback(Object.assign(reason, { name: unsafeAddress }), '', 4);
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Why an address is not reached; `undefined` where it may be, or where it is a name that is still to be looked up. */
export function refusalOf(hostname: string, rules: AddressRules): string | undefined {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0) return undefined;
  const place = placeOfAddress(address);
  if (place === 'public' || (place === 'loopback' && rules.allowLoopback)) return undefined;
  return place === 'loopback' ? 'it leads to the host itself' : 'it leads into a private network';
}
