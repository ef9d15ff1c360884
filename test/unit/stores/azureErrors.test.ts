import { RestError } from '@azure/storage-blob';
import { azureFailure } from '../../../shared/stores/azure/azureErrors';

const store = 'https://acme.blob.core.windows.net/batchpoint';

describe('errors of the Azure packages', () => {
  test.each([
    ['an answer that never came', { code: 'ECONNRESET' }, 'StoreUnavailable'],
    ['a host that nobody knows', { code: 'ENOTFOUND' }, 'StoreMissing'],
    ['an answer that was cut off', { code: 'PARSE_ERROR' }, 'StoreUnavailable'],
    ['a busy service', { statusCode: 503, code: 'ServerBusy' }, 'StoreUnavailable'],
    ['too many requests', { statusCode: 429, code: 'TooManyRequests' }, 'StoreUnavailable'],
    ['an operation that is not known', { statusCode: 501, code: 'NotImplemented' }, 'StoreRefused'],
    ['a wrong key', { statusCode: 403, code: 'AuthenticationFailed' }, 'StoreCredentialsRefused'],
    [
      'a token that has run out',
      { statusCode: 401, code: 'InvalidAuthenticationInfo' },
      'StoreCredentialsRefused',
    ],
    [
      'a right that is missing',
      { statusCode: 403, code: 'AuthorizationPermissionMismatch' },
      'StoreForbidden',
    ],
    ['an account that is closed', { statusCode: 403, code: 'AccountIsDisabled' }, 'StoreForbidden'],
    ['a table that is missing', { statusCode: 404, code: 'TableNotFound' }, 'StoreMissing'],
    ['a mistake of ours', { statusCode: 400, code: 'InvalidHeaderValue' }, 'StoreRefused'],
  ])('%s', (_case, { code, statusCode }: { code: string; statusCode?: number }, expected) => {
    const error = azureFailure(new RestError('Why.\nRequestId:1', { code, statusCode }), store);
    expect(error).toMatchObject({ code: expected });
    expect(error).not.toHaveProperty('cause');
    expect(String(error)).toContain(`${code} Why`);
    expect(String(error)).toContain(store);
    expect(String(error)).not.toContain('RequestId');
  });

  test('only what may pass is worth another try', () => {
    const retryable = (statusCode: number): unknown =>
      (azureFailure(new RestError('', { statusCode }), store) as { retryable: boolean }).retryable;
    expect([500, 503, 429, 408].map(retryable)).toEqual([true, true, true, true]);
    expect([400, 401, 403, 404, 409, 412, 501].map(retryable)).toEqual(Array(7).fill(false));
  });

  test('errors of others come back as they are', () => {
    const mistake = new TypeError('a mistake in the code');
    expect(azureFailure(mistake, store)).toBe(mistake);
    expect(azureFailure('text', store)).toBe('text');
  });
});
