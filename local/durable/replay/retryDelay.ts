import { failure } from '../../../shared/errors/batchpointError';
import type { RetryOptions } from '../protocol/orchestratorAction';

/** Milliseconds to wait before the next attempt, after `attempts` of them have failed. */
export function retryDelay(options: RetryOptions, attempts: number): number {
  const growth = (options.backoffCoefficient ?? 1) ** (attempts - 1);
  const delay = options.firstRetryIntervalInMilliseconds * growth;
  return Math.min(delay, options.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY);
}

/** Refuses retry options with which the SDK would wait for an attempt that never comes. */
export function requireSupportedRetry(options: RetryOptions): void {
  if (options.retryTimeoutInMilliseconds !== undefined) {
    throw failure('FeatureNotSupported', {
      feature: 'retryTimeoutInMilliseconds',
      advice: 'Limit the attempts instead.',
    });
  }
  if (!(options.maxNumberOfAttempts >= 1)) {
    throw failure('FeatureNotSupported', {
      feature: `maxNumberOfAttempts ${options.maxNumberOfAttempts}`,
      advice: 'At least one attempt is needed.',
    });
  }
}
