import { FileFilter } from '../../../shared/inputs/fileFilter';

const paths = [
  '.hidden.csv',
  'a.csv',
  'B.CSV',
  'line\nbreak.csv',
  'readme.txt',
  'old/a.csv',
  'old/more/b.csv',
  '2024/old/c.csv',
  '2024/jan/d.csv',
  '2024/jan/(1).csv',
];

function kept(include: string[] | undefined, exclude?: string[]): string[] {
  const filter = FileFilter.of({ ...(include && { include }), ...(exclude && { exclude }) });
  return [...filter.choose(paths, (path) => path)];
}

const without = (...left: string[]): string[] => paths.filter((path) => !left.includes(path));

describe('the files of an input', () => {
  test('are all scored where there is no pattern', () => {
    expect(kept(undefined)).toEqual(paths);
  });

  test.each<[string, string[]]>([
    ['*.csv', without('B.CSV', 'readme.txt')],
    ['a.csv', ['a.csv', 'old/a.csv']],
    ['/a.csv', ['a.csv']],
    ['/*.csv', ['.hidden.csv', 'a.csv', 'line\nbreak.csv']],
    ['./*.csv', ['.hidden.csv', 'a.csv', 'line\nbreak.csv']],
    ['./old/', ['old/a.csv', 'old/more/b.csv']],
    ['*/*.csv', ['old/a.csv']],
    ['old/*.csv', ['old/a.csv']],
    ['old/**', ['old/a.csv', 'old/more/b.csv']],
    ['/old/', ['old/a.csv', 'old/more/b.csv']],
    ['old/', ['old/a.csv', 'old/more/b.csv', '2024/old/c.csv']],
    ['2024/old/', ['2024/old/c.csv']],
    ['**/old/**', ['old/a.csv', 'old/more/b.csv', '2024/old/c.csv']],
    ['**/d.csv', ['2024/jan/d.csv']],
    ['2024/**/d.csv', ['2024/jan/d.csv']],
    ['**', paths],
    ['?.csv', ['a.csv', 'old/a.csv', 'old/more/b.csv', '2024/old/c.csv', '2024/jan/d.csv']],
    ['[bc].csv', ['old/more/b.csv', '2024/old/c.csv']],
    ['*.{txt,md}', ['readme.txt']],
    ['(1).csv', ['2024/jan/(1).csv']],
    ['\\(1).*', ['2024/jan/(1).csv']],
    ['!a.csv', []],
    ['OLD/**', []],
  ])('that %s means are these', (pattern, expected) => {
    expect(kept([pattern])).toEqual(expected);
    expect(kept(undefined, [pattern])).toEqual(without(...expected));
  });

  test('are those of any of the patterns, but for what is excluded', () => {
    expect(kept(['*.csv', '*.txt'], ['old/', '.*'])).toEqual([
      'a.csv',
      'line\nbreak.csv',
      'readme.txt',
      '2024/jan/d.csv',
      '2024/jan/(1).csv',
    ]);
  });
});

test('folders that are excluded as a whole are not looked into', () => {
  const { enters } = FileFilter.of({ exclude: ['old/', '/tmp/**', '*.csv'] });
  expect(['old', 'a/old', 'a/older', 'tmp', 'a/tmp', 'x.csv'].map(enters)).toEqual([
    false,
    false,
    true,
    false,
    true,
    true,
  ]);
});

test('patterns that match nothing are told, by option', () => {
  const filter = FileFilter.of({ include: ['*.csv', '*.tsv'], exclude: ['gone/', 'a.csv'] });
  filter.choose(paths, (path) => path);
  expect(filter.warnings).toEqual([
    "The pattern '*.tsv' of include matches none of the 10 files of the input.",
    "The pattern 'gone/' of exclude matches none of the 10 files of the input.",
  ]);
});

test('patterns that leave nothing are an error that says how many files there were, and the patterns', () => {
  const filter = FileFilter.of({ include: ['*.png'], exclude: ['old/'] });
  filter.choose(paths, (path) => path);
  expect(() => filter.refuseEmpty('images')).toThrow(
    "The patterns leave none of the 10 files of the input 'images': include *.png, exclude old/.",
  );
});

test.each([
  ['', 'it names nothing'],
  ['  ', 'it names nothing'],
  ['/', 'it names nothing'],
  ['a[', 'a [ has no ]'],
  ['a[]', 'a [ has no ]'],
  ['a{b', 'a { has no }'],
  ['x'.repeat(257), 'it is longer than 256 characters'],
])('the pattern %j is refused', (pattern, reason) => {
  expect(() => FileFilter.of({ exclude: [pattern] })).toThrow(
    expect.objectContaining({
      code: 'InputPatternInvalid',
      message: expect.stringContaining(reason) as string,
    }) as Error,
  );
});
