import { failure, isFailure, RetryableError, TerminalError } from '../../../shared/errors/batchpointError';
import { catalogue } from '../../../shared/errors/catalogue';

describe('an error of the catalogue', () => {
  test('says what came, where, and has a stable code and status', () => {
    const error = failure(
      'ScriptWithoutRun',
      { script: 'score.py' },
      { place: { file: 'code/score.py', line: 3 } },
    );
    expect(error.message).toBe(
      "code/score.py:3: The scoring script 'score.py' defines no run(mini_batch), which is what scores.",
    );
    expect(error).toMatchObject({ code: 'ScriptWithoutRun', status: 400, retryable: false });
    expect(error.toBody()).toEqual({
      code: 'ScriptWithoutRun',
      message: error.message,
      target: 'code/score.py',
    });
  });

  test('is terminal or retryable by its class', () => {
    expect(failure('StoreUnavailable', { store: 'x', reason: 'y' })).toBeInstanceOf(RetryableError);
    expect(failure('BlobExists', { name: 'x', store: 'y' })).toBeInstanceOf(TerminalError);
  });

  test('lets no text of a caller forge or flood a line', () => {
    const error = failure('UriInvalid', { uri: `a\r\nERROR: forged${'x'.repeat(5_000)}`, reason: 'b' });
    expect(error.message).not.toMatch(/[\r\n]/);
    expect(error.message.length).toBeLessThan(1_200);
  });

  test('is told from other errors', () => {
    expect(isFailure(failure('InputEmpty', { input: 'x' }), 'InputEmpty')).toBe(true);
    expect(isFailure(failure('InputEmpty', { input: 'x' }), 'InputMissing')).toBe(false);
    expect(isFailure(new Error('x'))).toBe(false);
  });

  test.each(Object.entries(catalogue))('%s has a status and a sentence', (_code, entry) => {
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.text).toMatch(/[.}]$/);
  });
});
