import { activityResult } from '../../../../local/durable/protocol/activityResult';

describe('The result of an activity', () => {
  test.each([
    [undefined, null],
    [null, null],
    [{ string: 'text' }, '"text"'],
    [{ string: '' }, '""'],
    [{ json: '{"a":1}' }, '{"a":1}'],
    [{ int: 0 }, '0'],
    [{ double: 1.5 }, '1.5'],
    [{ double: Number.NaN }, '"NaN"'],
    [{ double: Number.POSITIVE_INFINITY }, '"Infinity"'],
    [{ bytes: Buffer.from('abc') }, '"YWJj"'],
  ])('%j is kept as %s', (value, text) => {
    expect(activityResult(value)).toBe(text);
  });
});
