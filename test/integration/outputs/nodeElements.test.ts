import { readParquet } from '../../support/parquet';
import { useOutputs } from '../../support/useOutputs';

describe('what run() of a script in JavaScript gives, written as JSON lines', () => {
  const { text, fault, scored, bytes } = useOutputs();
  const script = 'score.cjs';

  async function rows(body: string): Promise<unknown[]> {
    const lines = (await text(body, { format: 'jsonl' }, { script })).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  test.each([
    ['numbers', 'return [1, 2.5]', [1, 2.5]],
    ['NaN and infinite numbers', 'return [NaN, -Infinity]', [null, '-inf']],
    ['texts', 'return ["é\\u2028", ""]', ['é\u2028', '']],
    ['values of several kinds', 'return [1, "a"]', [1, 'a']],
    ['what is missing', 'return [undefined, true]', [null, true]],
    ['dates', 'return [new Date(0), new Date(NaN)]', ['1970-01-01T00:00:00.000Z', null]],
    ['buffers, in base64', 'return [Buffer.from("a"), null]', ['YQ==', null]],
    ['what has its own JSON', 'return [new URL("http://x/y"), null]', ['http://x/y', null]],
    ['a typed array', 'return new Float64Array([0.5, 1])', [0.5, 1]],
    ['floats of 32 bits', 'return new Float32Array([0.1, NaN])', [0.1, null]],
  ])('%s', async (_kind, body, expected) => {
    expect(await rows(body)).toEqual(expected.map((prediction) => ({ prediction })));
  });

  test.each([
    [
      'arrays',
      'return [[1, "a"], [2]]',
      [
        { prediction_0: 1, prediction_1: 'a' },
        { prediction_0: 2, prediction_1: null },
      ],
    ],
    [
      'typed arrays',
      'return [new Float32Array([0.5]), new Uint8Array([1, 2])]',
      [
        { prediction_0: 0.5, prediction_1: null },
        { prediction_0: 1, prediction_1: 2 },
      ],
    ],
    [
      'objects',
      'return [{ a: 1, b: { c: [1n, new Set([2])] } }, { a: NaN }]',
      [
        { a: 1, b: { c: ['1', [2]] } },
        { a: null, b: null },
      ],
    ],
    ['maps', 'return [new Map([[1, "x"]]), null]', [{ 1: 'x' }, { 1: null }]],
  ])('%s have columns', async (_kind, body, expected) => {
    expect(await rows(body)).toEqual(expected);
  });

  test('bigints keep all their digits', async () => {
    expect(await text('return [2n ** 64n, 1n]', { format: 'jsonl' }, { script })).toBe(
      '{"prediction":18446744073709551616}\n{"prediction":1}\n',
    );
  });

  test('numbers are doubles in Parquet, unless they are declared as int64', async () => {
    const job = await scored('return [1, 2]', { format: 'parquet' }, { script });
    expect((await readParquet(await bytes(job))).rows).toEqual([{ prediction: 1 }, { prediction: 2 }]);
    const columns = [{ name: 'prediction', type: 'int64' }];
    const declared = await scored('return [1, 2]', { format: 'parquet', columns }, { script });
    expect((await readParquet(await bytes(declared))).rows).toEqual([{ prediction: 1n }, { prediction: 2n }]);
  });

  test.each([
    ['elements of different kinds', 'return [1, [1]]', 'element 0 is a value, and element 1 is an array.'],
    ['rows without columns', 'return [{}, {}]', 'rows without columns'],
    [
      'functions',
      'return [() => 1, 1]',
      "a value of column 'prediction' in the result of run() cannot be written: it is a function",
    ],
  ])('%s fail the mini-batch, and say so', async (_kind, body, message) => {
    expect(await fault(body, { format: 'jsonl' }, { script })).toMatchObject({
      code: 'ResultInvalid',
      message: expect.stringContaining(message),
    });
  });
});
