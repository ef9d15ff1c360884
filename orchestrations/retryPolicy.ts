import { RetryOptions } from 'durable-functions';

/**
 * The policy of every call: a worker process that ends, or a function that times out, fails an activity, and
 * nobody but the caller tries it again.
 */
export function machineryRetries(): RetryOptions {
  const options = new RetryOptions(1_000, 6);
  options.backoffCoefficient = 2;
  options.maxRetryIntervalInMilliseconds = 30_000;
  return options;
}
