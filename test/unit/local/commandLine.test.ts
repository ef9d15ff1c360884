import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../../local/commandLine';

describe('The command line of the host', () => {
  test('names app and state, and may say more', () => {
    const folder = tmpdir();
    const args = [
      '--app',
      folder,
      '--state',
      'state',
      '--port',
      '7071',
      '--idle-seconds',
      '60',
      '--log',
      'l',
      '--trace',
      't',
    ];
    expect(parseCommandLine(args)).toEqual({
      app: folder,
      state: join(process.cwd(), 'state'),
      port: 7071,
      idleSeconds: 60,
      log: join(process.cwd(), 'l'),
      trace: join(process.cwd(), 't'),
    });
    expect(parseCommandLine(['--app', 'a', '--state', 's'])).toMatchObject({
      port: 0,
      idleSeconds: undefined,
      log: undefined,
      trace: undefined,
    });
  });

  test.each([
    [['--state', 's'], '--app is missing'],
    [['--app', 'a'], '--state is missing'],
    [
      ['--app', 'a', '--state', 's', '--port', '70000'],
      "--port is '70000', not a whole number from 0 to 65535",
    ],
    [['--app', 'a', '--state', 's', '--idle-seconds', 'x'], "--idle-seconds is 'x'"],
    [['--app', 'a', '--state', 's', '--prot', '1'], "Unknown option '--prot'"],
    [['app'], 'Unexpected argument'],
  ])('is refused otherwise: %j', (args, reason) => {
    expect(() => parseCommandLine(args)).toThrow(reason);
  });
});
