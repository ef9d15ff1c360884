import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

describe('an odd result of run()', () => {
  const workspace = useWorkspace();
  let count = 0;

  /** Scores two files in one mini-batch by a run() with this body. */
  async function scored(body: string, before = ''): Promise<Job> {
    const name = `odd-result-${count++}`;
    await workspace().endpoint(name, `${before}\ndef run(mini_batch):\n    ${body}\n`, {
      miniBatchSize: 2,
      retrySettings: { maxRetries: 1 },
    });
    return workspace().run(await workspace().invoke(name, workspace().inputs(2)));
  }

  async function message(body: string, before = ''): Promise<string> {
    const { run } = await scored(body, before);
    expect(run.state).toBe('Failed');
    expect(run.failures[0]).toMatchObject({ code: 'ResultInvalid' });
    return run.failures[0]?.message ?? '';
  }

  async function rows(body: string, before = ''): Promise<string> {
    const job = await scored(body, before);
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0 } });
    return workspace().predictions(job);
  }

  describe('of a type that is none says how it becomes a list:', () => {
    test('a generator', async () => {
      expect(await message('yield 1')).toBe(
        "run() returned a value of type 'generator': return a list, a tuple, a pandas DataFrame or Series, or a " +
          'numpy array with one element for each file. A generator becomes a list by list(...), or by returning a ' +
          'list in place of each yield.',
      );
    });

    test('a dict', async () => {
      expect(await message('return {path: 1 for path in mini_batch}')).toContain('by list(result.values())');
    });

    test('a set', async () => {
      expect(await message('return set(mini_batch)')).toContain('A set has no order');
    });

    test('text', async () => {
      expect(await message('return "cat"')).toContain('A single value becomes a list by [value]');
    });

    test('bytes', async () => {
      expect(await message('return b"cat"')).toContain("of type 'bytes'");
    });

    test('an iterator', async () => {
      expect(await message('return map(str, mini_batch)')).toContain(
        "'map': return a list, a tuple, a pandas DataFrame or Series, or a numpy array with one element for each file. " +
          'It becomes a list by list(...)',
      );
    });

    test('an async function', async () => {
      const script = 'async def answer():\n    return [1, 2]';
      expect(await message('return answer()', script)).toContain('run() is an async function');
    });

    test('a tensor', async () => {
      const script = 'class Tensor:\n    def numpy(self):\n        return None';
      expect(await message('return Tensor()', script)).toContain(
        "'Tensor': return a list, a tuple, a pandas DataFrame or Series, or a numpy array with one element for each " +
          'file. A tensor becomes an array by .numpy()',
      );
    });
  });

  test('has a length that cannot be told: it says why', async () => {
    const script = 'class Odd(list):\n    def __len__(self):\n        raise OSError("gone")';
    expect(await message('return Odd()', script)).toContain(
      "the length of the 'Odd' that run() returned cannot be told: its len() raised OSError",
    );
  });

  test('has an element without a text: its place and type are told, and the traceback shows its code', async () => {
    const script = 'class Odd:\n    def __str__(self):\n        raise OSError("gone")';
    const { run } = await scored('return ["good", Odd()]', script);
    expect(run.failures[0]).toMatchObject({ code: 'ResultInvalid', failed: 2 });
    expect(run.failures[0]?.message).toBe(
      "element 1, a 'Odd', of the result of run() cannot be written: its str() raised OSError. " +
        'Return its text, or a number, in its place.',
    );
    expect(run.failures[0]?.traceback).toContain('raise OSError("gone")');
  });

  test('has half a character: it is named', async () => {
    expect(await message(String.raw`return ["\ud83d", "b"]`)).toContain('half a character (U+D83D)');
  });

  test('has NaN and None: they stand there as Python shows them', async () => {
    expect(await rows('return [float("nan"), None]')).toBe('nan\nNone\n');
  });

  test('has infinities and large numbers: they stand there as Python shows them', async () => {
    expect(await rows('return [float("-inf"), 2 ** 70]')).toBe('-inf\n1180591620717411303424\n');
  });

  test('has bytes: they stand there as Python shows them', async () => {
    expect(await rows(String.raw`return [b"a\x00\xff", bytearray(b"b")]`)).toBe(
      "b'a\\x00\\xff'\nbytearray(b'b')\n",
    );
  });

  test('has nested objects: they stand there as Python shows them', async () => {
    expect(await rows('return [{"a": [1, {"b": None}]}, (1, "x", [2.5])]')).toBe(
      "{'a': [1, {'b': None}]}\n(1, 'x', [2.5])\n",
    );
  });

  test('has dates: they stand there as Python shows them', async () => {
    const dates =
      'return [datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)]';
    expect(await rows(dates, 'import datetime')).toBe('2026-01-02\n2026-01-02 03:04:05+00:00\n');
  });

  test('has texts with line breaks: they are written as they are, and count as one row each', async () => {
    const job = await scored(String.raw`return ["a\nb", "c\r\nd"]`);
    expect(await workspace().predictions(job)).toBe('a\nb\nc\r\nd\n');
    expect(job.run.progress.rows).toBe(2);
  });

  test('has an object of its own: its str() stands there', async () => {
    const script =
      'class Label:\n    def __str__(self):\n        return "cat"\n    def __repr__(self):\n        return "Label"';
    expect(await rows('return [Label(), Label()]', script)).toBe('cat\ncat\n');
  });
});
