/**
 * One entry of the error catalogue.
 *
 * `status` is the HTTP status that answers a request with it. `text` says what was expected, what came and
 * what to do; a name in braces is a parameter. `retryable` marks what may pass when tried again unchanged.
 */
export interface ErrorEntry {
  readonly status: number;
  readonly text: string;
  readonly retryable?: true;
}
