import { SharedAccess } from '../../shared/blobService/sharedAccess';

const secret = new Uint8Array(32).fill(7);
const at = (time: string): SharedAccess => new SharedAccess(secret, () => new Date(time));
const made = at('2026-01-01T12:00:00Z').issue('inputs', 'rl', new Date('2026-01-01T13:00:00Z'));

describe('A shared access signature', () => {
  const verify =
    (time: string, query = made, container = 'inputs', permission: 'r' | 'w' = 'r') =>
    (): void =>
      at(time).verify(new URLSearchParams(query), container, [permission]);

  test('is good until it ends, and a little before it was made, as clocks differ', () => {
    expect(verify('2026-01-01T11:55:00Z')).not.toThrow();
    expect(verify('2026-01-01T12:59:59Z')).not.toThrow();
    expect(verify('2026-01-01T11:54:59Z')).toThrow('not yet valid');
    expect(verify('2026-01-01T13:00:00Z')).toThrow('expired');
  });

  test('allows what it says, and for its container', () => {
    expect(verify('2026-01-01T12:30:00Z', made, 'inputs', 'w')).toThrow('does not allow');
    expect(verify('2026-01-01T12:30:00Z', made, 'outputs')).toThrow('does not fit');
  });

  test.each([
    'sp=racwdl',
    'se=2999-01-01T00%3A00%3A00Z',
    'st=2020-01-01T00%3A00%3A00Z',
    'sr=b',
    'sv=2019-01-01',
  ])('does not fit any more once it says %s', (said) => {
    const [key = ''] = said.split('=');
    const changed = made.replace(new RegExp(`(^|&)${key}=[^&]*`), `$1${said}`);
    expect(changed).not.toBe(made);
    expect(verify('2026-01-01T12:30:00Z', changed)).toThrow('does not fit');
  });
});
