import type { Job } from '../../shared/jobs/jobStore';
import { packagesPython } from '../support/pythonPackages';
import { Workspace } from '../support/workspace';

describe('a result of run() made by pandas or numpy', () => {
  let workspace: Workspace;
  let count = 0;

  beforeAll(async () => {
    workspace = await Workspace.open({ BATCHPOINT_PYTHON: await packagesPython() });
  });

  afterAll(async () => {
    await workspace.close();
  });

  /** Scores two files in one mini-batch by a run() that gives the value of this expression. */
  async function scored(expression: string): Promise<Job> {
    const name = `table-${count++}`;
    const script = `import datetime, numpy as np, pandas as pd\ndef run(mini_batch):\n    return ${expression}\n`;
    await workspace.endpoint(name, script, { miniBatchSize: 2, retrySettings: { maxRetries: 1 } });
    return workspace.run(await workspace.invoke(name, workspace.inputs(2)));
  }

  async function rows(expression: string): Promise<string> {
    const job = await scored(expression);
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0 } });
    return workspace.predictions(job);
  }

  async function message(expression: string): Promise<string> {
    const { run } = await scored(expression);
    expect(run.failures[0]).toMatchObject({ code: 'ResultInvalid' });
    return run.failures[0]?.message ?? '';
  }

  describe('as a DataFrame', () => {
    test('has its fields joined by one space, without header and index', async () => {
      expect(await rows('pd.DataFrame({"file": ["a", "b"], "label": [1, 2]}, index=["x", "y"])')).toBe(
        'a 1\nb 2\n',
      );
    });

    test('with columns of one name has all of them', async () => {
      expect(await rows('pd.DataFrame([[1, 2, 3], [4, 5, 6]], columns=["a", "a", "b"])')).toBe(
        '1 2 3\n4 5 6\n',
      );
    });

    test('with column names that are no texts has them all the same', async () => {
      const columns = '[0, None, datetime.date(2026, 1, 2)]';
      expect(await rows(`pd.DataFrame([[1, 2, 3], [4, 5, 6]], columns=${columns})`)).toBe('1 2 3\n4 5 6\n');
    });

    test('with columns of several levels has their fields', async () => {
      const columns = 'pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")])';
      expect(await rows(`pd.DataFrame([[1, 2], [3, 4]], columns=${columns})`)).toBe('1 2\n3 4\n');
    });

    test('with an index that is no range, or has several levels, leaves it out', async () => {
      const index = 'pd.MultiIndex.from_tuples([("b", 9), ("a", 9)])';
      expect(await rows(`pd.DataFrame({"v": [1, 2]}, index=${index})`)).toBe('1\n2\n');
      expect(await rows('pd.DataFrame({"v": [1, 2]}, index=[7, 7])')).toBe('1\n2\n');
    });

    test('quotes a field with a space, a quote or a line break, as CSV does', async () => {
      expect(
        await rows(String.raw`pd.DataFrame({"a": ["x y", 'say "no"'], "b": ["p\nq", "plain,comma"]})`),
      ).toBe('"x y" "p\nq"\n"say ""no""" plain,comma\n');
    });

    test('has nothing where a cell is missing', async () => {
      expect(
        await rows(
          'pd.DataFrame({"a": [float("nan"), 1.5], "b": [None, "x"], "c": [pd.NaT, pd.Timestamp(2026, 1, 2)]})',
        ),
      ).toBe('  \n1.5 x 2026-01-02\n');
    });

    test('has categories by their values', async () => {
      expect(await rows('pd.DataFrame({"c": pd.Categorical(["cat", "dog"]), "n": [1, 2]})')).toBe(
        'cat 1\ndog 2\n',
      );
    });

    test('has the str() of lists, dicts, bytes and dates in its cells', async () => {
      expect(
        await rows('pd.DataFrame({"a": [[1, 2], {"k": None}], "b": [b"x", datetime.date(2026, 1, 2)]})'),
      ).toBe('"[1, 2]" b\'x\'\n"{\'k\': None}" 2026-01-02\n');
    });

    test('without columns has rows without fields', async () => {
      const job = await scored('pd.DataFrame(index=[0, 1])');
      expect(job.run.progress).toMatchObject({ failedFiles: 0, rows: 2 });
      expect(await workspace.predictions(job)).toBe('\n\n');
    });

    test('with a cell that cannot be written says so', async () => {
      const script = `
import pandas as pd
class Odd:
    def __str__(self):
        raise OSError("gone")
def run(mini_batch):
    return pd.DataFrame({"a": [Odd(), 1]})
`;
      await workspace.endpoint('odd-cell', script, { retrySettings: { maxRetries: 1 } });
      const job = await workspace.run(await workspace.invoke('odd-cell', workspace.inputs(1)));
      expect(job.run.failures[0]).toMatchObject({ code: 'ResultInvalid' });
      expect(job.run.failures[0]?.message).toContain(
        'the DataFrame that run() returned cannot be written: to_csv() raised OSError',
      );
    });
  });

  test('as a Series has one str() a line, and NaN as nan', async () => {
    expect(await rows('pd.Series([1.5, float("nan")], index=["b", "a"])')).toBe('1.5\nnan\n');
    expect(await rows('pd.Series(pd.Categorical(["cat", "dog"]))')).toBe('cat\ndog\n');
  });

  test('as an array has one str() a line, and a row of a table in brackets', async () => {
    expect(await rows('np.array([0.1, 2], dtype="float32")')).toBe('0.1\n2.0\n');
    expect(await rows('np.array([[1, 2], [3, 4]])')).toBe('[1 2]\n[3 4]\n');
    expect(await rows('np.array(["a b", "c"])')).toBe('a b\nc\n');
  });

  test('as an array without dimensions is an error that says so', async () => {
    expect(await message('np.array(5)')).toContain('a numpy array without dimensions');
  });

  test.each([
    ['np.float64(1)', "'float64'", 'becomes a list by [value]'],
    ['pd.Index(mini_batch)', "'Index'", 'becomes a list by .tolist()'],
    ['pd.DataFrame({"a": [1]}).itertuples()', "'map'", 'becomes a list by list(...)'],
    ['pd.DataFrame({"a": [1, 2]}).groupby("a")', "'DataFrameGroupBy'", 'becomes a list by list(...)'],
  ])('as %s is an error that says how it becomes a list', async (expression, type, hint) => {
    const told = await message(expression);
    expect(told).toContain(`of type ${type}`);
    expect(told).toContain(hint);
  });
});

describe('a model of scikit-learn that was saved by another version', () => {
  test('is a warning of the job that names both versions', async () => {
    const workspace = await Workspace.open({ BATCHPOINT_PYTHON: await packagesPython() });
    try {
      const script = `
import pickle, re, sklearn
from sklearn.linear_model import LogisticRegression
def init():
    global model
    saved = pickle.dumps(LogisticRegression().fit([[0], [1]], [0, 1]))
    version = sklearn.__version__.encode()
    assert saved.count(version) == 1
    model = pickle.loads(saved.replace(version, b"0" + version[1:]))
def run(mini_batch):
    return [model.predict([[9]])[0] for path in mini_batch] + [sklearn.__version__]
`;
      await workspace.endpoint('saved', script);
      const job = await workspace.run(await workspace.invoke('saved', workspace.inputs(1)));
      const [prediction, version = ''] = (await workspace.predictions(job)).split('\n');
      expect(prediction).toBe('1');
      const older = `0${version.slice(1)}`;
      expect(job.run.warnings).toEqual([
        expect.stringContaining(
          `The model was saved with scikit-learn ${older}, and is loaded here with scikit-learn ${version}.`,
        ),
      ]);
    } finally {
      await workspace.close();
    }
  });
});
