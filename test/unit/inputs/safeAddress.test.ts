import { placeOfAddress } from '../../../shared/inputs/safeAddress';

describe('an address that a name leads to', () => {
  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => {
    expect(placeOfAddress(address)).toBe('public');
  });

  test.each(['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
    expect(placeOfAddress(address)).toBe('loopback');
  });

  test.each([
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '168.63.129.16',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '::7f00:1',
    '::a9fe:a9fe',
    'not an address',
  ])('%s is neither', (address) => {
    expect(placeOfAddress(address)).toBe('private');
  });
});
