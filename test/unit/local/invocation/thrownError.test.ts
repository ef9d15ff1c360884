import { toError } from '../../../../local/invocation/thrownError';

describe('What a function throws', () => {
  test('stays as it is when it is an error', () => {
    const error = new TypeError('it broke');
    expect(toError(error)).toBe(error);
  });

  test.each([
    ['only text', 'only text'],
    [{ code: 7 }, '{"code":7}'],
    [undefined, 'Unknown error'],
    [null, 'Unknown error'],
    [7, '7'],
  ])('becomes one otherwise: %p', (thrown, message) => {
    expect(toError(thrown)).toMatchObject({ message, stack: `Error: ${message}` });
  });

  test('may refer to itself', () => {
    const thrown: { self?: unknown } = {};
    thrown.self = thrown;
    expect(toError(thrown).message).toBe('object');
  });
});
