import { errorText } from '../../../cli/output/errorText';
import { exitCodeOf } from '../../../cli/output/exitCodes';
import { byteCount, duration } from '../../../cli/output/durations';
import { colored } from '../../../cli/output/colors';
import { checkQuery, queried } from '../../../cli/output/query';
import { table } from '../../../cli/output/table';
import { tsv } from '../../../cli/output/tsv';
import { catalogue, type ErrorCode } from '../../../shared/errors/catalogue';

describe('tab separated values are those of az', () => {
  test.each([
    ['text', 'abc', 'abc\n'],
    ['a number', 1.5, '1.5\n'],
    ['truth alone', true, 'true\n'],
    ['a list', ['a', 1, null, true, false], 'a\n1\nNone\ntrue\nfalse\n'],
    ['rows', [['a', 1, null, true, [1, 2], { x: 1 }]], 'a\t1\tNone\tTrue\t2\t\n'],
    [
      'mappings',
      [
        { a: 'x', b: null },
        { a: 'y', b: { c: 1 } },
      ],
      'x\tNone\ny\t\n',
    ],
    ['one mapping', { a: 'x', b: 2 }, 'x\t2\n'],
    ['an empty list', [], ''],
    ['a list of texts with line breaks', ['a\r\nb', 'c'], 'a b\nc\n'],
    ['rows with tabs and line breaks', [['a\tb', 'c\n\nd']], 'a b\tc d\n'],
    ['a text alone', 'a\n\tb', 'a\n\tb\n'],
  ])('%s', (_what, value, expected) => {
    expect(tsv(value)).toBe(expected);
  });
});

describe('a table', () => {
  const items = [
    { name: 'a', status: { state: 'Running' }, tags: {} },
    { name: 'longer', status: { state: 'Done\nlate' }, tags: {} },
  ];

  test('has the columns of its command, by paths, without those that are empty', () => {
    const columns = [
      ['Name', 'name'],
      ['State', 'status.state'],
      ['Missing', 'status.nothing.at.all'],
    ] as const;
    expect(table(items, columns)).toBe(
      'Name    State\n------  ---------\na       Running\nlonger  Done late\n',
    );
  });

  test('has the plain values of its items otherwise', () => {
    expect(table({ id: 'x', name: 'a', done: true, inner: {} })).toBe('Name  Done\n----  ----\na     true\n');
    expect(table([['a', 1]])).toBe('Column1  Column2\n-------  -------\na        1\n');
    expect(table(['a'])).toBe('Result\n------\na\n');
    expect(table([])).toBe('');
  });
});

describe('a query', () => {
  test('finds what is there', () => {
    expect(queried({ a: [{ b: 1 }, { b: undefined }] }, 'a[].b')).toEqual([1]);
    expect(queried({ a: 1 }, 'b')).toBeNull();
  });

  test.each(['a[', 'a b', '[?a==`'])('that is no JMESPath is refused: %s', (query) => {
    expect(() => checkQuery(query)).toThrow(expect.objectContaining({ code: 'QueryInvalid' }) as Error);
  });

  test('that does not fit is refused when it is used', () => {
    expect(() => checkQuery('length(a)')).not.toThrow();
    expect(() => queried({ a: 1 }, 'length(a)')).toThrow(
      expect.objectContaining({ code: 'QueryInvalid' }) as Error,
    );
  });
});

test('JSON with colors is the same JSON', () => {
  const value = { a: 'x "y": 1', b: [1.5, -2e3, true, null], 'c d': {} };
  const text = colored(JSON.stringify(value, null, 2));
  expect(text).toContain('\u001b[34m"a"\u001b[0m:');
  expect(JSON.parse(text.replace(/\u001b\[\d+m/g, ''))).toEqual(value);
});

test('an error is told with its details, none of them twice', () => {
  const details = [
    { code: 'X', message: 'one\n  two' },
    { code: 'X', message: 'the whole' },
  ];
  expect(errorText({ code: 'Y', message: 'about the whole', details })).toBe(
    'ERROR: (Y) about the whole\n  one\n    two\n',
  );
});

describe('exit codes', () => {
  test.each([
    ['UsageInvalid', 2],
    ['YamlInvalid', 2],
    ['BodyInvalid', 2],
    ['ResourceNotFound', 3],
    ['InputNotFound', 3],
    ['HostUnreachable', 4],
    ['HostStartFailed', 4],
    ['Interrupted', 130],
    ['JobCanceled', 1],
    ['SomethingNew', 1],
  ])('%s ends with %d', (code, expected) => {
    expect(exitCodeOf(code)).toBe(expected);
  });

  test('know every error of the catalogue that says what is not found', () => {
    const apart: readonly string[] = [
      ...['RouteNotFound', 'BlobNotFound', 'ContainerNotFound', 'StoreMissing', 'JobPagesOff'],
      // Only ever told of a file in a list.
      'TriggerFileGone',
    ];
    const codes = (Object.keys(catalogue) as ErrorCode[]).filter((code) => catalogue[code].status === 404);
    for (const code of codes.filter((one) => !apart.includes(one)))
      expect([code, exitCodeOf(code)]).toEqual([code, 3]);
  });
});

test.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [61, '1 min 01 s'],
  [3_725, '1 h 02 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [12_345_678, '12.3 MB'],
  [5e15, '5000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteCount(bytes)).toBe(text);
});
