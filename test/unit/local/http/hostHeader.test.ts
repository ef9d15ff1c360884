import { isOwnHost } from '../../../../local/http/hostHeader';

describe('A host header', () => {
  test.each(['127.0.0.1:7071', 'localhost:7071', 'LOCALHOST:7071', '[::1]:7071'])('%s is ours', (header) => {
    expect(isOwnHost(header, 7071)).toBe(true);
  });

  test.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:7072',
    '127.0.0.1:7071:7071',
    'evil.example:7071',
    'localhost.evil.example:7071',
    '127.0.0.1.evil.example:7071',
    '[::2]:7071',
    '::1:7071',
    '127.0.0.1:7071 ',
    '127.0.0.1:07071x',
  ])('%p is not', (header) => {
    expect(isOwnHost(header, 7071)).toBe(false);
  });

  test('needs no port where it is the usual one', () => {
    expect(isOwnHost('localhost', 80)).toBe(true);
  });
});
