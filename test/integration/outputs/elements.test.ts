import { useOutputs } from '../../support/useOutputs';

describe('what run() of a Python script gives, written as JSON lines', () => {
  const { text, fault } = useOutputs();

  async function rows(body: string): Promise<unknown[]> {
    const lines = (await text(body, { format: 'jsonl' })).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  test.each([
    ['numbers', 'return [1, 2.5]', [{ prediction: 1 }, { prediction: 2.5 }]],
    ['texts', 'return ["é\\u2028", ""]', [{ prediction: 'é\u2028' }, { prediction: '' }]],
    ['truth values', 'return [True, None]', [{ prediction: true }, { prediction: null }]],
    [
      'values of several kinds',
      'return [1, "a", True, 1.5]',
      [1, 'a', true, 1.5].map((prediction) => ({ prediction })),
    ],
    ['NaN', 'return [float("nan"), 1.5]', [{ prediction: null }, { prediction: 1.5 }]],
    [
      'infinite numbers',
      'return [float("inf"), -float("inf")]',
      [{ prediction: 'inf' }, { prediction: '-inf' }],
    ],
    [
      'bytes, in base64',
      'return [b"\\xff\\x00", bytearray(b"a")]',
      [{ prediction: '/wA=' }, { prediction: 'YQ==' }],
    ],
    [
      'tuples',
      'return [(1, "a"), (2, None)]',
      [
        { prediction_0: 1, prediction_1: 'a' },
        { prediction_0: 2, prediction_1: null },
      ],
    ],
    [
      'lists of different lengths',
      'return [[1], [2, 3]]',
      [
        { prediction_0: 1, prediction_1: null },
        { prediction_0: 2, prediction_1: 3 },
      ],
    ],
    [
      'dictionaries with different keys',
      'return [{"a": 1}, {"b": 2}]',
      [
        { a: 1, b: null },
        { a: null, b: 2 },
      ],
    ],
    [
      'dictionaries with keys that are no texts',
      'return [{1: "x", None: 2}, None]',
      [
        { 1: 'x', None: 2 },
        { 1: null, None: null },
      ],
    ],
    [
      'named tuples',
      'from collections import namedtuple\nP = namedtuple("P", "label score")\nreturn [P("a", 0.5), P("b", 1)]',
      [
        { label: 'a', score: 0.5 },
        { label: 'b', score: 1 },
      ],
    ],
    [
      'nested values',
      'return [{"x": {"y": [1, {2, 3}, b"a", float("inf")]}}, {"x": [None]}]',
      [{ x: { y: [1, [2, 3], 'YQ==', 'inf'] } }, { x: [null] }],
    ],
    [
      'dates',
      'import datetime as d\nreturn [d.date(2026, 1, 2), d.date(1969, 12, 31)]',
      [{ prediction: '2026-01-02' }, { prediction: '1969-12-31' }],
    ],
    [
      'times with a zone, in UTC',
      'import datetime as d\nz = d.timezone(d.timedelta(hours=2))\nreturn [d.datetime(2026, 1, 2, 1, tzinfo=z), d.datetime(2026, 1, 2, 0, 0, 0, 5, tzinfo=z)]',
      [{ prediction: '2026-01-01T23:00:00Z' }, { prediction: '2026-01-01T22:00:00.000005Z' }],
    ],
    [
      'dates and times',
      'import datetime as d\nreturn [d.date(2026, 1, 2), d.datetime(2026, 1, 2, 3)]',
      [{ prediction: '2026-01-02T00:00:00' }, { prediction: '2026-01-02T03:00:00' }],
    ],
    [
      'anything else, as its text',
      'import decimal, uuid\nreturn [decimal.Decimal("1.10"), uuid.UUID(int=0)]',
      [{ prediction: '1.10' }, { prediction: '00000000-0000-0000-0000-000000000000' }],
    ],
  ])('%s', async (_kind, body, expected) => {
    expect(await rows(body)).toEqual(expected);
  });

  test('whole numbers beyond 2^53 keep all their digits', async () => {
    expect(await text('return [2**63 + 1, -(2**70)]', { format: 'jsonl' })).toBe(
      '{"prediction":9223372036854775809}\n{"prediction":-1180591620717411303424}\n',
    );
  });

  test('half a character becomes the one that stands for what is unknown', async () => {
    expect(await rows('return ["a\\ud800b", "c"]')).toEqual([
      { prediction: 'a\ufffdb' },
      { prediction: 'c' },
    ]);
  });

  test.each([
    [
      'elements of different kinds',
      'return [None, 1, {"a": 1}]',
      'element 1 is a value and element 2 is a dictionary',
    ],
    ['two keys that are one text', 'return [{1: "a", "1": "b"}]', "two keys that are '1' as text"],
    ['rows without columns', 'return [{}, {}]', 'rows without columns'],
    ['empty lists', 'return [[], []]', 'rows without columns'],
    [
      'values that raise when they are read',
      'class Odd:\n    def __str__(self): raise KeyError("x")\nreturn [Odd(), 1]',
      'reading its values raised KeyError',
    ],
    ['a generator', 'return (path for path in paths)', "run() returned a value of type 'generator'"],
  ])('%s fail the mini-batch, and say so', async (_kind, body, message) => {
    expect(await fault(body, { format: 'jsonl' })).toMatchObject({
      code: 'ResultInvalid',
      message: expect.stringContaining(message),
    });
  });
});
