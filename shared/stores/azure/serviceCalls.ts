import { failure } from '../../errors/batchpointError';
import { azureFailure } from './azureErrors';

/** Calls to one service, under a time limit, whose errors are those of the catalogue. */
export class ServiceCalls {
  /** `store` is its URL for messages; `limit` the milliseconds that one call may take, with all its tries. */
  constructor(
    readonly store: string,
    readonly limit: number,
  ) {}

  /**
   * Makes a call. Errors come as the Azure packages throw them, so that the caller can look at their codes.
   *
   * The packages wait for an answer as long as the connection stands, which on a dead network is for ever:
   * hence the limit, and hence a call must pass `signal` on. What streams after the answer is not limited.
   */
  async tell<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), this.limit);
    try {
      return await call(control.signal);
    } catch (error) {
      if (!control.signal.aborted) throw error;
      const reason = `there was no answer within ${this.limit / 1000} s`;
      throw failure('StoreUnavailable', { store: this.store, reason });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Makes a call, and reports its error. */
  async ask<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await this.tell(call);
    } catch (error) {
      throw azureFailure(error, this.store);
    }
  }
}
