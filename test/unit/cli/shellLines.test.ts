import { execFileSync } from 'node:child_process';
import { shellLines } from '../../../cli/output/shellLines';

const value = 'it\'s C:\\x $HOME `a` "b"';

describe('the lines that set a variable', () => {
  test.each([
    ['sh', "export NAME='a b'\n"],
    ['fish', "set -gx NAME 'a b'\n"],
    ['powershell', "$env:NAME = 'a b'\n"],
  ] as const)('in %s', (shell, line) => {
    expect(shellLines({ NAME: 'a b' }, shell)).toBe(line);
  });

  test('set it in sh to what it is, whatever signs are in it', () => {
    const script = `${shellLines({ NAME: value, OTHER: 'x' }, 'sh')}printf %s "$NAME"`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(value);
  });

  test('double the quotes of a value in powershell, where no other sign means anything', () => {
    expect(shellLines({ NAME: value }, 'powershell')).toBe("$env:NAME = 'it''s C:\\x $HOME `a` \"b\"'\n");
  });

  test('escape the quotes and backslashes of a value in fish, where no other sign means anything', () => {
    expect(shellLines({ NAME: value }, 'fish')).toBe("set -gx NAME 'it\\'s C:\\\\x $HOME `a` \"b\"'\n");
  });
});
