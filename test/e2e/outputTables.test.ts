import { useOutputs } from '../support/useOutputs';
import { packagesPython } from '../support/pythonPackages';

describe('tables, series and arrays of run(), written as JSON lines', () => {
  const outputs = useOutputs(async () => ({ BATCHPOINT_PYTHON: await packagesPython() }));
  const imports = 'import numpy as np\nimport pandas as pd\n';

  async function rows(body: string): Promise<unknown[]> {
    const lines = (await outputs.text(imports + body, { format: 'jsonl' })).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  test.each([
    [
      'a DataFrame with names that are no texts',
      'return pd.DataFrame({1: [1, 2], ("a", "b"): [True, False]})',
      [
        { 1: 1, "('a', 'b')": true },
        { 1: 2, "('a', 'b')": false },
      ],
    ],
    [
      'a DataFrame with what may be missing',
      'return pd.DataFrame({"i": pd.array([1, None], "Int64"), "f": [0.5, np.nan], "b": pd.array([None, True], "boolean"), "s": pd.array(["x", pd.NA], "string"), "t": pd.to_datetime(["2026-01-02", None])})',
      [
        { i: 1, f: 0.5, b: null, s: 'x', t: '2026-01-02T00:00:00' },
        { i: null, f: null, b: true, s: null, t: null },
      ],
    ],
    [
      'times with a zone, in UTC',
      'return pd.Series(pd.to_datetime(["2026-01-02T01:00", "2026-07-02T01:00"]).tz_localize("Europe/Berlin"))',
      [{ prediction: '2026-01-02T00:00:00Z' }, { prediction: '2026-07-01T23:00:00Z' }],
    ],
    [
      'a Series with a name',
      'return pd.Series([1.5, np.inf], name="score")',
      [{ score: 1.5 }, { score: 'inf' }],
    ],
    [
      'rows of a DataFrame',
      'return [row for _, row in pd.DataFrame({"a": [1, 2], "b": ["x", None]}).iterrows()]',
      [
        { a: 1, b: 'x' },
        { a: 2, b: null },
      ],
    ],
    [
      'an array of one dimension',
      'return np.array([1, 2], dtype=np.uint8)',
      [{ prediction: 1 }, { prediction: 2 }],
    ],
    [
      'an array of two',
      'return np.array([[0.1, 2], [3, 4]], dtype=np.float32)',
      [
        { prediction_0: 0.1, prediction_1: 2 },
        { prediction_0: 3, prediction_1: 4 },
      ],
    ],
    ['an array of three', 'return np.zeros((2, 1, 2))', [{ prediction: [[0, 0]] }, { prediction: [[0, 0]] }]],
    [
      'an array with named fields',
      'return np.array([(1, "x"), (2, "y")], dtype=[("n", "i4"), ("s", "U1")])',
      [
        { n: 1, s: 'x' },
        { n: 2, s: 'y' },
      ],
    ],
    [
      'an array of times',
      'return np.array(["2026-01-02T03:04:05", "NaT"], dtype="datetime64[s]")',
      [{ prediction: '2026-01-02T03:04:05.000000' }, { prediction: null }],
    ],
    [
      'an array of objects',
      'return np.array([{"a": 1}, {"a": None}], dtype=object)',
      [{ a: 1 }, { a: null }],
    ],
    ['numbers of numpy', 'return [np.float32(0.1), np.int64(2)]', [{ prediction: 0.1 }, { prediction: 2 }]],
    [
      'arrays of numpy',
      'return [np.array([0.1, 1], dtype="float16"), np.array([2, 3])]',
      [
        { prediction_0: 0.1, prediction_1: 1 },
        { prediction_0: 2, prediction_1: 3 },
      ],
    ],
    [
      'truth values of numpy in dictionaries',
      'return [{"a": np.bool_(True), "d": np.datetime64("2026-01-02")}, {"a": None, "d": pd.NaT}]',
      [
        { a: true, d: '2026-01-02T00:00:00.000000' },
        { a: null, d: null },
      ],
    ],
  ])('%s', async (_kind, body, expected) => {
    expect(await rows(body)).toEqual(expected);
  });

  test.each([
    [
      'two columns of one name',
      'return pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"])',
      "a DataFrame with two columns 'a'",
    ],
    [
      'two columns of one text',
      'return pd.DataFrame([[1, 2], [3, 4]], columns=[1, "1"])',
      "a DataFrame with two columns '1'",
    ],
    ['rows without columns', 'return pd.DataFrame(index=[0, 1])', 'rows without columns'],
  ])('%s fail the mini-batch, and say so', async (_kind, body, message) => {
    expect(await outputs.fault(imports + body, { format: 'jsonl' })).toMatchObject({
      code: 'ResultInvalid',
      message: expect.stringContaining(message),
    });
  });
});
