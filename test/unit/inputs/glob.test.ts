import { glob } from '../../../shared/inputs/glob';

describe('a pattern', () => {
  test.each<[string, string[], string[]]>([
    ['a*c', ['ac', 'abc', 'a.b.c'], ['a/c', 'abcd']],
    ['a**c', ['ac', 'abc'], ['a/c']],
    ['?', ['a', '🐝'], ['', '/', 'ab']],
    ['[a-c]', ['a', 'b', 'c'], ['d', '-']],
    ['[!a-c]', ['d', '-'], ['a', '/']],
    ['[^a]x', ['bx'], ['ax']],
    ['[]a-]', [']', 'a', '-'], ['b']],
    ['[\\]]', [']'], ['\\']],
    ['{a,b{c,d},}.csv', ['a.csv', 'bc.csv', 'bd.csv', '.csv'], ['b.csv', 'abc.csv']],
    ['{id}.csv', ['{id}.csv'], ['id.csv']],
    ['{a,x/**}/b', ['a/b', 'x/y/b', 'x/y/z/b'], ['b', 'x/b/c']],
    ['a/{**,c}/b', ['a/x/b', 'a/c/b'], ['b']],
    ['**/a', ['a', 'x/a', 'x/y/a'], ['xa', 'a/x']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['(a|b)+', ['(a|b)+'], ['a']],
    ['a,b}', ['a,b}'], ['a']],
    ['\\*', ['*'], ['a']],
    ['a\\', ['a\\'], ['a']],
  ])('%s matches what it says, and no more', (pattern, matched, others) => {
    const matches = glob(pattern);
    expect(matched.filter(matches)).toEqual(matched);
    expect(others.filter(matches)).toEqual([]);
  });

  test.each([
    ['stars', `${'*a'.repeat(20)}*b`, 'a'.repeat(1_024)],
    ['folders', `${'**/a/'.repeat(20)}b`, 'a/'.repeat(500)],
    ['braces', '{a,b}'.repeat(50), 'ab'.repeat(500)],
    ['nested braces', `${'{a,'.repeat(50)}b${'}'.repeat(50)}*c`, 'a'.repeat(1_024)],
  ])('with many %s is held against a long path at once', (_what, pattern, path) => {
    const began = performance.now();
    expect(glob(pattern)(path)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
